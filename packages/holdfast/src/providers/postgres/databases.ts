import { sha256 } from '../../kit/hash.ts';
import type { Scope } from '../../model/identity.ts';
import type { DatabaseDesire } from '../../ports/desires.ts';
import type { Desired, Difference, Provider, Seen } from '../../ports/provider.ts';
import { identified, stamp } from './birth.ts';
import { differing, elsewhere, limitWords, onlyOurs, vanished } from './ours.ts';
import type { Clusters, Reading } from './server/clusters.ts';
import type { FoundDatabase, Overview } from './server/overview.ts';
import { identifier, literal } from './sql/quote.ts';

export interface DatabaseState {
  readonly cluster: string;
  readonly name: string;
  readonly owner: string;
  readonly allowsConnections: boolean;
  readonly connectionLimit: number;
}

/** Databases inside of the clusters of one engine. They hold data. */
export function postgresDatabases(
  clusters: Clusters,
  engine: string,
  scope: Scope,
): Provider<DatabaseDesire, DatabaseState> {
  const seenIn = (reading: Omit<Reading, 'askEach'>): readonly Seen<DatabaseState>[] =>
    reading.overview.databases.map(found => toSeen(found, reading, engine, scope));
  return {
    kind: 'database',

    observe: async () => (await clusters.observe()).flatMap(seenIn),

    differences,

    async ensure(desired, _seen, signal) {
      const cluster = desired.spec.cluster;
      return clusters.atPrimary(cluster, signal, async primary => {
        const look = (overview: Overview) => pick(desired, seenIn({ cluster, within: [], overview }));
        const found = look(primary.overview) ?? look(await primary.settle(creation(desired, scope)));
        const seen = onlyOurs(desired, found ?? vanished(desired));
        const change = mending(desired, seen, scope);
        return change === '' ? seen : (look(await primary.settle(change)) ?? vanished(desired));
      });
    },

    async remove({ id, state: { cluster, name } }, signal) {
      if (!(await clusters.has(cluster))) return;
      await clusters.atPrimary(cluster, signal, async primary => {
        const isThere = seenIn({ cluster, within: [], overview: primary.overview }).some(one => one.id === id);
        if (isThere) await primary.settle(`drop database if exists ${identifier(name)} with (force);`);
      });
    },
  };
}

/** The one that is it already; else the one that has its name. */
const pick = ({ uid, spec }: Desired<DatabaseDesire>, all: readonly Seen<DatabaseState>[]) =>
  all.find(({ birth }) => birth?.uid === uid) ?? all.find(({ name }) => name === spec.name);

/**
 * A database can't be made and marked as ours in one go. So it is made under another name, closed to everybody, and gets
 * its own together with its mark: one that has the name and no mark was made by a hand.
 */
function creation(desired: Desired<DatabaseDesire>, scope: Scope): string {
  const { name, owner } = desired.spec;
  const making = makingName(name);
  return `
select not exists (select from pg_database where datname = ${literal(name)}) as missing,
  not exists (select from pg_database where datname = ${literal(making)}) as unbegun \\gset
\\if :missing
\\if :unbegun
create database ${identifier(making)} template template0 encoding 'UTF8' allow_connections false;
\\endif
begin;
comment on database ${identifier(making)} is ${literal(stamp(desired, scope))};
alter database ${identifier(making)} owner to ${identifier(owner)};
alter database ${identifier(making)} allow_connections true;
alter database ${identifier(making)} rename to ${identifier(name)};
commit;
\\endif`;
}

/** What it is called until it is whole. */
export const makingName = (name: string): string => `holdfast_making_${sha256(name).slice(0, 12)}`;

/** Statements, one a line; empty where nothing is to be done. */
function mending(desired: Desired<DatabaseDesire>, seen: Seen<DatabaseState>, scope: Scope): string {
  const { name, owner } = desired.spec;
  const aspects = new Set(differences(desired, seen).map(({ aspect }) => aspect));
  const it = `database ${identifier(name)}`;
  return [
    aspects.has('name') ? renaming(seen.name, name) : '',
    aspects.has('owner') ? `alter ${it} owner to ${identifier(owner)};` : '',
    aspects.has('connections') ? `alter ${it} allow_connections true connection limit -1;` : '',
    seen.birth?.uid === desired.uid ? '' : `comment on ${it} is ${literal(stamp(desired, scope))};`,
  ]
    .filter(Boolean)
    .join('\n');
}

/** Nobody may be in it meanwhile. */
const renaming = (from: string, to: string): string => `
alter database ${identifier(from)} allow_connections false;
select pg_terminate_backend(pid, 5000) from pg_stat_activity where datname = ${literal(from)};
begin;
alter database ${identifier(from)} rename to ${identifier(to)};
alter database ${identifier(to)} allow_connections true;
commit;`;

function differences({ spec }: Desired<DatabaseDesire>, { state }: Seen<DatabaseState>): readonly Difference[] {
  return [
    ...elsewhere(spec, state.cluster),
    ...differing('name', state.name, spec.name),
    ...differing('owner', state.owner, spec.owner),
    ...differing('connections', doorWords(state), 'allowed'),
  ];
}

function doorWords({ allowsConnections, connectionLimit }: DatabaseState): string {
  if (!allowsConnections) return 'refused';
  return connectionLimit < 0 ? 'allowed' : `at most ${limitWords(connectionLimit)}`;
}

function toSeen(
  { oid, name, owner, comment, allowsConnections, connectionLimit, size }: FoundDatabase,
  { cluster, within, overview }: Omit<Reading, 'askEach'>,
  engine: string,
  scope: Scope,
): Seen<DatabaseState> {
  const owning = overview.roles.find(role => role.name === owner);
  const about = `database ${name} of cluster ${cluster}, ${Math.ceil(size / 1e6)} MB`;
  return {
    kind: 'database',
    engine,
    id: `${cluster}/database/${oid}`,
    name,
    state: { cluster, name, owner, allowsConnections, connectionLimit },
    ...(owning && { uses: [`${cluster}/role/${owning.oid}`] }),
    within,
    ...identified('database', comment, scope, about),
    holdsData: true,
  };
}
