import { padded } from '../../kit/layout.ts';
import type { LogLine } from '../../ports/instances.ts';
import type { Palette } from './screen.ts';

/** Who wrote a line, and how that is shown among the others. */
export interface Prefix {
  readonly name: string;
  /** Its place among those that are shown. */
  readonly nth: number;
  /** The longest name's. */
  readonly width: number;
  readonly isAlone: boolean;
}

const dyes = ['cyan', 'magenta', 'green', 'yellow', 'blue', 'red'] as const;

/** One line of a log behind the name of who wrote it; what one alone writes stands as it is. Pure. */
export function logLine({ name, nth, width, isAlone }: Prefix, { text }: LogLine, paint: Palette): string {
  if (isAlone) return text;
  const dye = paint[dyes[nth % dyes.length] ?? 'cyan'];
  return `${dye(padded(name, width))} ${paint.dim('│')} ${text}`;
}
