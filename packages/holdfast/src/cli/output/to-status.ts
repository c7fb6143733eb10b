import type { EnvironmentFacts } from '../../engine/desire/environment-facts.ts';
import type { InstanceReport, ServiceReport } from '../../engine/observe/inspect.ts';
import { isOurs, type World } from '../../engine/observe/world.ts';
import type { Status } from '../../flow.ts';
import type { StoredFact } from '../../journal/fact.ts';
import type { Holder } from '../../journal/journal.ts';
import type { LastBackup } from '../../journal/last-backups.ts';
import type { ReleaseView } from '../../journal/view.ts';
import { iso } from '../../kit/clock.ts';
import { nameIn } from '../../model/address.ts';
import type { Seen } from '../../ports/provider.ts';
import { isBad, wordsOf as wordsOfFact } from '../show/fact.ts';
import { addressesOf } from './addresses.ts';
import type { InstanceOutput, ServiceOutput, StatusOutput } from './status.ts';

export interface StatusParts {
  readonly status: Status;
  readonly facts: EnvironmentFacts;
  readonly release?: ReleaseView | undefined;
  readonly holder?: Holder | undefined;
  readonly backups: readonly LastBackup[];
  /** What was done when nobody was there, newest first. */
  readonly done: readonly StoredFact[];
}

/** What runs, as it is told. Pure. */
export function toStatusOutput({ status, facts, release, holder, done, backups }: StatusParts): StatusOutput {
  const { prepared, services, well } = status;
  const { plan, world } = prepared;
  return {
    system: plan.system,
    environment: plan.environment,
    well,
    services: services.map(report => serviceOf(report, world)),
    addresses: addressesOf(prepared, facts),
    volumes: world.seen.filter(isData('volume')).map(seen => volumeOf(seen, prepared)),
    databases: world.seen.filter(isData('database')).map(seen => databaseOf(seen, prepared)),
    ...(release && { release: releaseOf(release) }),
    ...(holder && { lease: { owner: holder.owner, expires: iso(holder.expires) } }),
    done: done.map(fact => ({ at: fact.at, kind: fact.kind, what: wordsOfFact(fact), ok: !isBad(fact) })),
    backups: backups.map(({ cluster, ...backup }) => ({ database: nameIn(cluster), ...backup })),
    differences: plan.changes.length,
  };
}

const isData =
  (kind: string) =>
  (seen: Seen): boolean =>
    seen.holdsData === true && isOurs(seen) && seen.kind === kind;

const volumeOf = (seen: Seen, { world, plan }: Status['prepared']) => ({
  name: calledIn(world, seen),
  volume: seen.name,
  engine: seen.engine,
  ...dueOf(seen, plan),
});

const databaseOf = (seen: Seen, { world, plan }: Status['prepared']) => ({
  name: calledIn(world, seen),
  database: seen.name,
  engine: seen.engine,
  about: seen.about,
  ...dueOf(seen, plan),
});

function dueOf({ kind, id }: Seen, { retained }: Status['prepared']['plan']): { readonly due?: string } {
  const due = retained.find(seen => seen.kind === kind && seen.id === id)?.due;
  return due === undefined ? {} : { due };
}

const calledIn = (world: World, seen: Seen): string => nameIn(world.names.of(seen) ?? `${seen.kind}/${seen.name}`);

const serviceOf = ({ service, instances, well }: ServiceReport, world: World): ServiceOutput => ({
  name: service.name,
  well,
  replicas: service.spec.replicas,
  instances: instances
    .map(report => instanceOf(report, world))
    .sort((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true })),
});

function instanceOf({ seen, answer }: InstanceReport, world: World): InstanceOutput {
  const { running, startedAt } = seen.state;
  return {
    name: calledIn(world, seen),
    container: seen.name,
    engine: seen.engine,
    ...wordsOf(seen),
    running,
    ...(startedAt !== undefined && { since: iso(startedAt) }),
    ...(answer && { health: answer }),
  };
}

/** Of `container IMAGE, STATE`. */
function wordsOf({ about }: Seen): { image: string; state: string } {
  const [image = '', state = ''] = about.replace(/^container /, '').split(/, (.*)/);
  return { image, state };
}

const releaseOf = ({ release, number, at, actor, ended }: ReleaseView): StatusOutput['release'] => ({
  id: release,
  number,
  at,
  actor,
  ...(ended && { outcome: ended.outcome, milliseconds: ended.milliseconds }),
  ...(ended?.reason !== undefined && { reason: ended.reason }),
});
