import { inMakingOrder, type Making, newText } from '../../../engine/secret/make.ts';
import { exitCode, Problem } from '../../../kit/problem.ts';
import { Secret } from '../../../kit/secret.ts';
import type { Known } from '../../../model/resource.ts';
import type { Call, Verb } from '../../call.ts';
import { type Among, amongSecrets, declaredAs } from '../../secrets/among.ts';
import { tellChanged } from './changed.ts';

/** Makes another value of secrets that are generated. The next `up` brings it to those that have it. */
export const rotate: Verb<object, [names: readonly string[]]> = (call, names) =>
  amongSecrets(call, async among => {
    const chosen = [...new Set(names)].map(name => declaredAs(name, among));
    refuseGiven(chosen);
    for (const one of inMakingOrder(chosen)) {
      await among.secrets.write(one.name, new Secret(await newText(one, await makingOf(call, among))));
      await among.note('secret.rotated', { name: one.name });
    }
    tellChanged(
      call,
      among,
      chosen.map(({ name }) => name),
    );
    return exitCode.kept;
  });

async function makingOf({ outside }: Call, { model, declared, secrets }: Among): Promise<Making> {
  const values = await Promise.all(declared.map(async ({ name }) => [name, (await secrets.read(name))[0]] as const));
  const byName = new Map(values);
  return {
    scope: { system: model.name, environment: model.environment },
    now: outside.clock(),
    textOf: name => byName.get(name)?.reveal(),
  };
}

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
