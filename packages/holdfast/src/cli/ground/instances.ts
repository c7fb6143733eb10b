import { Names } from '../../engine/observe/names.ts';
import { isInstance, isOurs } from '../../engine/observe/world.ts';
import type { Stage } from '../../flow.ts';
import { renames } from '../../journal/view.ts';
import { nearest } from '../../kit/nearest.ts';
import { exitCode, Problem } from '../../kit/problem.ts';
import { nameIn } from '../../model/address.ts';
import type { Scope } from '../../model/identity.ts';
import type { InstanceState } from '../../ports/desires.ts';
import type { Seen } from '../../ports/provider.ts';
import { restoredScope } from '../../restore/desire.ts';

/** An instance that is there, by the name that people know it by: `web.1`, `schema.migration`. */
export interface Named {
  readonly name: string;
  readonly seen: Seen<InstanceState>;
}

/** All instances of the environment that are there, running or not, by name. */
export const instancesOf = async (stage: Stage): Promise<readonly Named[]> => instancesIn(await scopeOf(stage), stage);

/** With the servers behind them that were made of backups, which belong to no environment that is declared. */
export async function withRestored(stage: Stage): Promise<readonly Named[]> {
  const scope = await scopeOf(stage);
  return (await Promise.all([instancesIn(scope, stage), instancesIn(restoredScope(scope), stage)])).flat();
}

async function scopeOf({ declare }: Stage): Promise<Scope> {
  const { name: system, environment } = await declare();
  return { system, environment };
}

async function instancesIn({ system, environment }: Scope, { kinds, journal }: Stage): Promise<readonly Named[]> {
  const names = new Names(await renames(journal, system, environment));
  const containers = kinds.filter(({ provider }) => provider.kind === 'instance');
  const lists = await Promise.all(containers.map(({ provider }) => provider.observe({ system, environment })));
  return lists
    .flat()
    .filter(isInstance)
    .filter(isOurs)
    .map(seen => ({ name: nameIn(names.of(seen) ?? `instance/${seen.name}`), seen }))
    .sort((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }));
}

export const serviceOf = (name: string): string => name.slice(0, name.lastIndexOf('.'));

/** Those of the services and instances that were asked for; all where none was. Throws a Problem for a stranger. */
export function chosen(all: readonly Named[], asked: readonly string[]): readonly Named[] {
  for (const word of asked) if (!all.some(one => isMeant(one, word))) throw unknown(word, all);
  return asked.length === 0 ? all : all.filter(one => asked.some(word => isMeant(one, word)));
}

const isMeant = ({ name }: Named, word: string): boolean => name === word || serviceOf(name) === word;

function unknown(word: string, all: readonly Named[]): Problem {
  const names = [...new Set(all.flatMap(({ name }) => [serviceOf(name), name]))];
  const meant = nearest(word, names);
  return new Problem({
    what: `there is no instance of "${word}"`,
    why:
      names.length > 0
        ? `there are ${[...new Set(all.map(({ name }) => name))].join(', ')}`
        : 'nothing runs in this environment',
    fix: meant ? `did you mean ${meant}?` : 'see what runs with `holdfast status`',
    exit: exitCode.wrongUse,
  });
}
