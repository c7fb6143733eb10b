import type { Clock } from '../../kit/clock.ts';
import type { Screen } from '../show/screen.ts';
import { type Baking, bakingLines } from './bake-board.ts';

/** Follows a bake, for a person. */
export interface BakeProgress {
  /** What an image is at from now on. */
  doing(image: string, what: string): void;
  /** A line that the work says. */
  heard(image: string, line: string): void;
  over(image: string): void;
  /** What stays to be read. */
  say(line: string): void;
  /** Leaves the screen to what comes after. */
  rest(): void;
}

export const silent: BakeProgress = { doing() {}, heard() {}, over() {}, say() {}, rest() {} };

/** A line for each thing that is begun, where nobody watches. */
export const plainProgress = (screen: Screen, verbose: boolean): BakeProgress => {
  const say = (image: string, line: string) => screen.print([`${screen.palette.dim(`${image}:`)} ${line}`]);
  return { ...silent, doing: say, heard: verbose ? say : () => {}, say: line => screen.print([line]) };
};

/** Milliseconds between two pictures. */
const frame = 100;

/** A line for each image under way, which moves. */
export async function terminalProgress(
  stream: NodeJS.WriteStream,
  screen: Screen,
  clock: Clock,
): Promise<BakeProgress> {
  const { createLogUpdate } = await import('log-update');
  const show = createLogUpdate(stream);
  const running = new Map<string, Baking>();
  let timer: NodeJS.Timeout | undefined;
  const draw = (): void => {
    const lines = bakingLines([...running.values()], clock(), screen.palette, stream.columns || 80);
    show(lines.join('\n'));
  };
  const rest = (): void => {
    clearInterval(timer);
    timer = undefined;
    show.clear();
    show.done();
  };
  return {
    rest,
    doing(image, what) {
      running.set(image, { image, doing: what, since: clock() });
      timer ??= setInterval(draw, frame).unref();
    },
    heard(image, line) {
      const at = running.get(image);
      if (at) running.set(image, { ...at, latest: line });
    },
    over(image) {
      running.delete(image);
      if (running.size === 0) rest();
    },
    say(line) {
      show.clear();
      screen.print([line]);
    },
  };
}
