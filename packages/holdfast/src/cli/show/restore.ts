import { spellDuration } from '../../kit/duration.ts';
import { columns, wrapped } from '../../kit/layout.ts';
import type { RestoreEvent } from '../../restore/ground.ts';
import type { RestoreOutput } from '../output/restore.ts';
import type { Palette } from './screen.ts';

/** What is told while it is at work. Pure. */
export function restoreEventLines(event: RestoreEvent, paint: Palette, width: number): readonly string[] {
  switch (event.event) {
    case 'restoring':
      return [`${paint.dim('·')} backup ${event.backup} is restored`];
    case 'unreadable':
      return wrapped(
        `${paint.red('✗')} `,
        `backup ${event.backup} can't be read, and the one before it is taken: ${event.reason}`,
        width,
      );
    case 'not-archived':
      return wrapped(`${paint.yellow('!')} `, `the newest is not archived: ${event.reason}`, width);
  }
}

/** What was restored, for people. Pure. */
export function restoreLines(output: RestoreOutput, paint: Palette, width: number): readonly string[] {
  const { database, into, backup, rto, rows, next } = output;
  return [
    ...wrapped(`${paint.green('✓')} `, `${database} is restored from ${backup}, and answers as ${into}`, width),
    ...columns([
      ['  up to', upTo(output, paint)],
      ['  RTO', `${spellDuration(rto)} from the wish to the first answer`],
      ['  RPO', lossWords(output)],
    ]),
    ...(rows ? ['', ...columns(Object.entries(rows).map(([table, count]) => [`  ${table}`, `${count} rows`]))] : []),
    '',
    ...columns([
      ['  look into it', next.look],
      ...(next.copy ? [['  copy a table back', next.copy]] : []),
      ['  take it away', next.remove],
    ]),
  ];
}

const lossWords = ({ target, reached, rpo }: RestoreOutput): string =>
  target !== undefined && reached
    ? `${spellDuration(rpo)} from its newest commit to that moment, and none in between`
    : `${spellDuration(rpo)} at most: what was committed after its newest commit is not in it`;

function upTo({ target, reached, lastCommit, brokenAfter }: RestoreOutput, paint: Palette): string {
  const newest = lastCommit ? `its newest commit is of ${lastCommit}` : 'nothing was committed after the backup';
  if (brokenAfter) return paint.red(`the archive can't be read behind segment ${brokenAfter}; ${newest}`);
  if (target === undefined) return `the end of the archive; ${newest}`;
  return reached ? `${target}; ${newest}` : `the end of the archive, which is before ${target}; ${newest}`;
}
