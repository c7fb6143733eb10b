import { spellDuration } from '../../kit/duration.ts';
import { columns, cut, plural } from '../../kit/layout.ts';
import type { Palette } from '../show/screen.ts';

/** One image that is under way. */
export interface Baking {
  readonly image: string;
  /** `packages nginx`, `is examined`. */
  readonly doing: string;
  /** Milliseconds since 1970: when that began. */
  readonly since: number;
  /** The last line that the work said. */
  readonly latest?: string;
}

const spinner = '⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏';
/** More lines than these tell less. */
const most = 10;

/** A line for each image under way. Pure; `now` is in milliseconds since 1970. */
export function bakingLines(running: readonly Baking[], now: number, paint: Palette, width: number): readonly string[] {
  const turn = spinner[Math.floor(now / 100) % spinner.length] ?? '';
  const rows = running
    .slice(0, most)
    .map(({ image, doing, since, latest = '' }) => [image, doing, spellDuration(now - since), latest]);
  const lines = columns(rows).map(line => `${paint.cyan(turn)} ${cut(line, width - 2)}`);
  const more = running.length - lines.length;
  return more > 0 ? [...lines, paint.dim(`  and ${plural(more, 'more image')} under way`)] : lines;
}
