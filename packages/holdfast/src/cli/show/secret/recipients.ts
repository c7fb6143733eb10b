import { columns } from '../../../kit/layout.ts';
import type { SecretRecipientsOutput } from '../../output/secret/recipients.ts';
import type { Palette } from '../screen.ts';

type Row = SecretRecipientsOutput['recipients'][number];

/** Who can read the secrets, for people. Pure. */
export function secretRecipientsLines({ recipients }: SecretRecipientsOutput, paint: Palette): readonly string[] {
  const isStale = recipients.some(({ reads, declared }) => reads !== declared);
  return [
    ...columns(recipients.map(one => [sign(one, paint), paint.bold(one.name), one.key, words(one, paint)])),
    ...(recipients.length === 0 ? ['There are no secrets yet.'] : []),
    ...(isStale ? ['', 'holdfast secret rekey makes it as holdfast.config.ts has it.'] : []),
  ];
}

const sign = ({ reads, declared }: Row, paint: Palette): string =>
  reads === declared ? paint.green('●') : paint.yellow(declared ? '+' : '−');

function words({ you, reads, declared }: Row, paint: Palette): string {
  const state = reads ? (declared ? '' : 'no longer declared, and can still read them') : 'can not read them yet';
  return [you ? 'you' : '', paint.yellow(state)].filter(word => word !== paint.yellow('') && word !== '').join(', ');
}
