import { isFact } from '../../journal/fact.ts';
import type { Journal } from '../../journal/journal.ts';
import { releases } from '../../journal/view.ts';
import { exitCode, Problem } from '../../kit/problem.ts';
import { isCertificate } from '../../model/generate.ts';
import type { Scope } from '../../model/identity.ts';
import type { SystemModel } from '../../model/system-model.ts';
import { isOurs, observe } from '../observe/world.ts';
import type { Ground } from './prepare.ts';

/**
 * Refuses to generate a secret that the environment has already, though not here: a second checkout, or a colleague's
 * machine. Its data would keep the old password while everything else was given a new one. A certificate may be made at
 * any time: what counts is its authority.
 */
export async function refuseSecondGeneration(model: SystemModel, ground: Ground): Promise<void> {
  const scope: Scope = { system: model.name, environment: model.environment };
  const missing = ground.vault
    .ungenerated(model)
    .filter(({ spec }) => !isCertificate(spec.generate))
    .map(({ name }) => name);
  if (missing.length === 0) return;
  const before = await generatedBefore(ground.journal, scope);
  const known = missing.filter(name => before.has(name));
  if (known.length > 0) throw elsewhere(known, 'the journal says that it was generated before', ground);
  if (await runsUnknownToJournal(scope, ground))
    throw elsewhere(missing, 'this environment runs already, and nothing here knows of it', ground);
}

async function generatedBefore(journal: Journal, scope: Scope): Promise<ReadonlySet<string>> {
  const names = new Set<string>();
  for await (const fact of journal.read({ ...scope, kinds: ['secret.generated'] }))
    if (isFact(fact, 'secret.generated')) names.add(fact.payload.name);
  return names;
}

async function runsUnknownToJournal(scope: Scope, ground: Ground): Promise<boolean> {
  if ((await releases(ground.journal, scope.system, scope.environment)).length > 0) return false;
  const { seen } = await observe(scope, [], ground);
  return seen.some(one => isOurs(one) && one.holdsData);
}

const elsewhere = (names: readonly string[], why: string, { vault }: Ground): Problem =>
  new Problem({
    what: `${names.map(name => `secret "${name}"`).join(', ')} would be generated a second time`,
    why: `${why}; what holds data goes on with the old value`,
    fix: `bring the value here from where it was made: ${names.map(name => `for "${name}", ${vault.howToGive(name)}`).join('; ')}`,
    exit: exitCode.wrongUse,
  });
