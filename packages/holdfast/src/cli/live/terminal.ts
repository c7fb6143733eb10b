import type { Clock } from '../../kit/clock.ts';
import type { Screen } from '../show/screen.ts';
import { after, type Board, boardLines, empty } from './board.ts';
import { linesOf, Told } from './lines.ts';
import type { Reporter } from './reporter.ts';

/** Milliseconds between two pictures. */
const frame = 100;

/** What is over stays as lines; what is under way moves below them. */
export async function terminalReporter(stream: NodeJS.WriteStream, screen: Screen, clock: Clock): Promise<Reporter> {
  const { createLogUpdate } = await import('log-update');
  const show = createLogUpdate(stream);
  const told = new Told();
  let board: Board = empty;
  let timer: NodeJS.Timeout | undefined;
  let waiting: string[] = [];

  const width = (): number => stream.columns || 80;
  const settle = (): void => {
    if (waiting.length === 0) return;
    show.clear();
    screen.print(waiting);
    waiting = [];
  };
  const draw = (): void => {
    settle();
    const lines = boardLines(board, clock(), screen.palette, width());
    if (lines.length > 0) show(lines.join('\n'));
    else rest();
  };
  const rest = (): void => {
    settle();
    clearInterval(timer);
    timer = undefined;
    show.clear();
    show.done();
  };
  return {
    rest,
    tell(event) {
      told.hear(event);
      board = after(board, event);
      if (event.event !== 'waiting') waiting.push(...linesOf(event, { paint: screen.palette, width: width(), told }));
      if (event.event === 'result' || event.event === 'planned') return rest();
      // What is told between two pictures is drawn with the next: thousands of steps may end within one.
      if (timer) return;
      draw();
      if (board.running.size > 0 || board.waiting) timer = setInterval(draw, frame).unref();
    },
  };
}
