import { exitCode } from '../../../kit/problem.ts';
import { printJson, type Verb } from '../../call.ts';
import type { SecretRekeyOutput } from '../../output/secret/rekey.ts';
import { amongSecrets } from '../../secrets/among.ts';
import { secretRekeyLines } from '../../show/secret/rekey.ts';

/** Encrypts the secrets to those who are declared now, and says what those who went still know. */
export const rekey: Verb = call =>
  amongSecrets(call, async ({ place, secrets, declared, note }) => {
    const changed = await secrets.rekey();
    if (changed.added.length + changed.removed.length > 0) await note('secret.rekeyed', changed);
    const names = Object.keys((await secrets.document())?.secrets ?? {});
    const generated = new Set(declared.filter(({ spec }) => spec.generate !== undefined).map(({ name }) => name));
    const output: SecretRekeyOutput = {
      environment: place.environment.name,
      file: secrets.path,
      ...changed,
      known: changed.removed.length === 0 ? [] : names.map(name => ({ name, generated: generated.has(name) })),
    };
    if (call.options.json) printJson(call, output);
    else call.out.print(secretRekeyLines(output, call.out.palette, call.out.width));
    return exitCode.kept;
  });
