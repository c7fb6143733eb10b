import { columns } from '../../../kit/layout.ts';
import type { SecretShowOutput } from '../../output/secret/certificate.ts';
import { dayAndTime } from '../moment.ts';
import type { Palette } from '../screen.ts';
import { leftWords } from './list.ts';

/** What everybody may know of a certificate, for people. Pure. */
export function certificateLines(one: SecretShowOutput, paint: Palette): readonly string[] {
  const rows = [
    ['subject', one.subject],
    ['issuer', one.issuer],
    ...(one.names.length > 0 ? [['for', one.names.join(', ')]] : []),
    ['valid', `${dayAndTime(one.from)} to ${dayAndTime(one.until)}, ${leftWords(one, paint)}`],
    ['sha256', one.fingerprint],
    ...((one.trusted ?? 1) > 1 ? [['trusted', paint.yellow('with the one before, until the next up')]] : []),
  ];
  return [paint.bold(one.name), '', ...columns(rows.map(([word = '', text = '']) => ['', paint.dim(word), text]))];
}
