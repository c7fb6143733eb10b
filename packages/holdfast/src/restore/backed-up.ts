import { nearest } from '../kit/nearest.ts';
import { exitCode, Problem } from '../kit/problem.ts';
import type { Known } from '../model/resource.ts';
import type { ClusterBackups } from '../model/spec/cluster-spec.ts';
import { resourcesOf, type SystemModel } from '../model/system-model.ts';

/** A database that has backups. */
export interface BackedUp {
  readonly cluster: Known<'cluster'>;
  readonly backups: ClusterBackups;
}

/** The database of that name; without one, the only one there is. Throws a Problem where that is not clear. */
export function backedUp(model: SystemModel, name: string | undefined): BackedUp {
  const all = resourcesOf(model, 'cluster').flatMap(cluster =>
    cluster.spec.backups ? [{ cluster, backups: cluster.spec.backups }] : [],
  );
  const meant = all.filter(({ cluster }) => name === undefined || cluster.name === name);
  if (meant[0] && meant.length === 1) return meant[0];
  throw notClear(
    name,
    all.map(({ cluster }) => cluster.name),
    model.environment,
  );
}

function notClear(name: string | undefined, known: readonly string[], environment: string): Problem {
  const meant = name === undefined ? undefined : nearest(name, known);
  return new Problem({
    what: name === undefined ? 'it is not clear which database is meant' : `there are no backups of "${name}"`,
    why:
      known.length > 0
        ? `environment "${environment}" has backups of ${known.join(', ')}`
        : `no database of environment "${environment}" has backups`,
    fix: meant
      ? `did you mean ${meant}?`
      : known.length > 0
        ? `name one: holdfast restore ${known[0]}`
        : "declare one with postgres('db', { network }), and bring it up",
    exit: exitCode.wrongUse,
  });
}
