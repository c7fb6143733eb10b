import type { Clock } from '../../kit/clock.ts';
import type { Screen } from '../show/screen.ts';
import { after, type Board, boardLines, empty } from './board.ts';
import { heard, linesOf, nothingTold, type Told } from './lines.ts';
import type { Reporter } from './reporter.ts';

/** Milliseconds between two pictures. */
const frame = 100;

/** What is over stays as lines; what is under way moves below them. */
export async function terminalReporter(stream: NodeJS.WriteStream, screen: Screen, clock: Clock): Promise<Reporter> {
  const { createLogUpdate } = await import('log-update');
  const show = createLogUpdate(stream);
  let told: Told = nothingTold;
  let board: Board = empty;
  let timer: NodeJS.Timeout | undefined;

  const width = (): number => stream.columns || 80;
  const draw = (): void => {
    const lines = boardLines(board, clock(), screen.palette, width());
    if (lines.length > 0) show(lines.join('\n'));
    else rest();
  };
  const rest = (): void => {
    clearInterval(timer);
    timer = undefined;
    show.clear();
    show.done();
  };
  return {
    rest,
    tell(event) {
      told = heard(told, event);
      board = after(board, event);
      const lines = event.event === 'waiting' ? [] : linesOf(event, { paint: screen.palette, width: width(), told });
      if (lines.length > 0) show.clear();
      screen.print(lines);
      if (event.event === 'result') return rest();
      draw();
      if (board.running.size > 0 || board.waiting) timer ??= setInterval(draw, frame).unref();
    },
  };
}
