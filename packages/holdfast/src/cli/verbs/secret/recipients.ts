import { exitCode } from '../../../kit/problem.ts';
import { findIdentity, publicKeysOf } from '../../../providers/secrets/identity.ts';
import { printJson, type Verb } from '../../call.ts';
import type { SecretRecipientsOutput } from '../../output/secret/recipients.ts';
import { type Among, amongSecrets } from '../../secrets/among.ts';
import { secretRecipientsLines } from '../../show/secret/recipients.ts';

/** Who can read the secrets, and who could after the next `rekey`. */
export const recipients: Verb = call =>
  amongSecrets(call, async among => {
    const me = await findIdentity(call.outside.env);
    const output: SecretRecipientsOutput = {
      environment: among.place.environment.name,
      file: among.secrets.path,
      recipients: await known(among, me ? await publicKeysOf(me) : []),
    };
    if (call.options.json) printJson(call, output);
    else call.out.print(secretRecipientsLines(output, call.out.palette));
    return exitCode.kept;
  });

async function known(
  { place, secrets }: Among,
  mine: readonly string[],
): Promise<SecretRecipientsOutput['recipients']> {
  const reading = (await secrets.document())?.recipients ?? {};
  const declared = place.environment.recipients ?? reading;
  const byKey = new Map([...Object.entries(reading), ...Object.entries(declared)].map(([name, key]) => [key, name]));
  const [readers, future] = [new Set(Object.values(reading)), new Set(Object.values(declared))];
  return [...byKey].map(([key, name]) => ({
    name,
    key,
    you: mine.includes(key),
    reads: readers.has(key),
    declared: future.has(key),
  }));
}
