import { noCredential } from '../../../engine/secret/refusals.ts';
import { exitCode, Problem } from '../../../kit/problem.ts';
import { Secret } from '../../../kit/secret.ts';
import { readCredential } from '../../../kit/x509/credential.ts';
import type { Verb } from '../../call.ts';
import { amongSecrets, declaredAs } from '../../secrets/among.ts';
import { givenValue } from '../../secrets/given.ts';
import { tellChanged } from './changed.ts';

/** Gives a secret a value that a person has. `tooMuch` counts what stood behind the name. */
export const set: Verb<object, [name: string, tooMuch: number]> = (call, name, tooMuch) => {
  if (tooMuch > 0) throw noArgument(name);
  return amongSecrets(call, async among => {
    const { spec } = declaredAs(name, among);
    const value = await givenValue(name, call);
    if (typeof spec.generate === 'object' && !readCredential(value)) throw noCredential(name);
    const isNew = (await among.secrets.inFile(name))?.reveal() !== value;
    if (isNew) {
      await among.secrets.write(name, new Secret(value));
      await among.note('secret.set', { name });
    }
    tellChanged(call, among, isNew ? [name] : []);
    return exitCode.kept;
  });
};

const noArgument = (name: string): Problem =>
  new Problem({
    what: 'the value of a secret is no argument',
    why: 'everybody on this machine sees the arguments of a command, and the shell remembers them',
    fix: `pipe it in, as in holdfast secret set ${name} < FILE, or run it at a terminal and be asked; if it was the value, it is known now`,
    exit: exitCode.wrongUse,
  });
