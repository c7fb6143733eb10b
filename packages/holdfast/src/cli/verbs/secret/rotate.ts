import { password } from '../../../kit/password.ts';
import { exitCode, Problem } from '../../../kit/problem.ts';
import { Secret } from '../../../kit/secret.ts';
import type { Known } from '../../../model/resource.ts';
import type { Verb } from '../../call.ts';
import { amongSecrets, declaredAs } from '../../secrets/among.ts';
import { tellChanged } from './changed.ts';

/** Makes another value of secrets that are generated. The next `up` brings it to those that have it. */
export const rotate: Verb<object, [names: readonly string[]]> = (call, names) =>
  amongSecrets(call, async among => {
    const chosen = [...new Set(names)].map(name => declaredAs(name, among));
    refuseGiven(chosen);
    for (const { name, spec } of chosen) {
      await among.secrets.write(name, new Secret(password(spec.generate ?? 0)));
      await among.note('secret.rotated', { name });
    }
    tellChanged(
      call,
      among,
      chosen.map(({ name }) => name),
    );
    return exitCode.kept;
  });

function refuseGiven(chosen: readonly Known<'secret'>[]): void {
  const given = chosen.filter(({ spec }) => spec.generate === undefined).map(({ name }) => name);
  if (given.length === 0) return;
  throw new Problem({
    what: `${given.join(', ')} can't be made by Holdfast`,
    why: 'it is a value that a person has from somewhere else; nothing was rotated',
    fix: `have it renewed where it comes from, then: ${given.map(name => `holdfast secret set ${name}`).join('; ')}`,
    exit: exitCode.wrongUse,
  });
}
