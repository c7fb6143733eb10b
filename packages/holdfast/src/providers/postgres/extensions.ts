import { exitCode, Problem } from '../../kit/problem.ts';
import type { Scope } from '../../model/identity.ts';
import type { ExtensionDesire } from '../../ports/desires.ts';
import type { Desired, Difference, Provider, Seen } from '../../ports/provider.ts';
import { identified, identityOf, stamp } from './birth.ts';
import { differing, elsewhere, vanished } from './ours.ts';
import type { Clusters, Reading } from './server/clusters.ts';
import { extensionsQuery, type FoundDatabase, type FoundExtension } from './server/overview.ts';
import type { Primary } from './server/primary.ts';
import { identifier, literal } from './sql/quote.ts';

export interface ExtensionState {
  readonly cluster: string;
  readonly database: string;
  readonly name: string;
  readonly version: string;
  /** What the server brings along. */
  readonly newest?: string;
}

interface Place {
  readonly cluster: string;
  readonly within: readonly string[];
  readonly database: FoundDatabase;
}

/** Extensions of the databases of the clusters of one engine. Into databases made by hand nobody looks. */
export function postgresExtensions(
  clusters: Clusters,
  engine: string,
  scope: Scope,
): Provider<ExtensionDesire, ExtensionState> {
  const seenIn = (place: Place, said: string): readonly Seen<ExtensionState>[] =>
    (JSON.parse(said) as readonly FoundExtension[]).map(found => toSeen(found, place, engine, scope));
  const read = async ({ cluster, within, overview, askEach }: Reading) => {
    const databases = overview.databases.filter(one => isOpen(one, scope));
    const answers = await askEach(
      databases.map(({ name }) => name),
      extensionsQuery,
    );
    return answers.flatMap((said, at) => seenIn({ cluster, within, database: databases[at] as FoundDatabase }, said));
  };
  return {
    kind: 'extension',

    observe: async () => (await Promise.all((await clusters.observe()).map(read))).flat(),

    differences,

    async ensure(desired, _seen, signal) {
      const { spec, uid } = desired;
      const cluster = spec.cluster;
      return clusters.atPrimary(cluster, signal, async primary => {
        const database = databaseOf(primary, desired);
        const look = (said: string) =>
          seenIn({ cluster, within: [], database }, said).find(one => one.name === spec.name);
        const found = look(await primary.ask(database.name, extensionsQuery));
        const isRight = found?.birth?.uid === uid && differences(desired, found).length === 0;
        if (isRight) return found;
        const said = await primary.change(database.name, making(desired, found, scope), extensionsQuery);
        return look(said) ?? vanished(desired);
      });
    },

    async remove({ name, state: { cluster, database } }, signal) {
      if (!(await clusters.has(cluster))) return;
      await clusters.atPrimary(cluster, signal, async primary => {
        const isThere = primary.overview.databases.some(one => one.name === database);
        if (isThere) await primary.change(database, `drop extension if exists ${identifier(name)};`, '');
      });
    },
  };
}

const isOpen = ({ comment, allowsConnections }: FoundDatabase, scope: Scope): boolean =>
  allowsConnections && Object.keys(identityOf('database', comment, scope)).length > 0;

function databaseOf({ overview }: Primary, { address, spec }: Desired<ExtensionDesire>): FoundDatabase {
  const found = overview.databases.find(({ name }) => name === spec.database);
  if (found) return found;
  throw new Problem({
    what: `${address} can't be made: there is no database ${spec.database}`,
    why: `cluster ${spec.cluster} has ${overview.databases.map(({ name }) => name).join(', ') || 'none'}`,
    fix: 'run `holdfast up` again: what it needs is made before it',
    exit: exitCode.failed,
  });
}

/** One that a hand has made becomes ours: there is nothing in it that it would not have otherwise. */
function making(desired: Desired<ExtensionDesire>, found: Seen<ExtensionState> | undefined, scope: Scope): string {
  const { name, version } = desired.spec;
  const it = `extension ${identifier(name)}`;
  const isOlder = found && differences(desired, found).length > 0;
  return `
begin;
set local search_path = public;
create extension if not exists ${identifier(name)}${version === undefined ? '' : ` version ${literal(version)}`};
${isOlder ? `alter ${it} update${version === undefined ? '' : ` to ${literal(version)}`};` : ''}
comment on ${it} is ${literal(stamp(desired, scope))};
commit;`;
}

function differences({ spec }: Desired<ExtensionDesire>, { state }: Seen<ExtensionState>): readonly Difference[] {
  return [
    ...elsewhere(spec, state.cluster),
    ...differing('database', state.database, spec.database, 'replace'),
    ...differing('extension', state.name, spec.name, 'replace'),
    ...differing('version', state.version, spec.version ?? state.newest ?? state.version),
  ];
}

function toSeen(
  { oid, name, version, newest, comment }: FoundExtension,
  { cluster, within, database }: Place,
  engine: string,
  scope: Scope,
): Seen<ExtensionState> {
  const about = `extension ${name} ${version} of database ${database.name} of cluster ${cluster}`;
  return {
    kind: 'extension',
    engine,
    id: `${cluster}/extension/${database.oid}/${oid}`,
    name,
    state: { cluster, database: database.name, name, version, ...(newest !== null && { newest }) },
    uses: [`${cluster}/database/${database.oid}`],
    within,
    ...identified('extension', comment, scope, about),
  };
}
