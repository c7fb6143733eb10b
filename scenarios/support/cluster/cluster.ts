import { setTimeout as sleep } from 'node:timers/promises';
import { containersOf, runInContainer } from '../containers.ts';
import { now } from '../ledger/entry.ts';
import type { Door } from '../ledger/task.ts';
import { docker } from '../project.ts';
import { answers } from './asking.ts';

/** A cluster under Patroni, as it is looked at and handled from outside. */
export interface Cluster {
  /** Name of the system on the engine. */
  readonly system: string;
  /** Services, as Patroni names its members. */
  readonly members: readonly string[];
  /** Services. */
  readonly etcd: readonly string[];
  /** How Patroni's own API is spoken to. */
  readonly api: 'http' | 'https';
  /** Run in the leader: makes another one of them lead. */
  leave(leader: Member): readonly string[];
  /** Whether a standby has every write that is acknowledged. */
  readonly synchronous: boolean;
  /** Through its proxy. */
  readonly door: Door;
}

/** A container of it that runs. */
export interface Member {
  readonly name: string;
  readonly id: string;
  readonly address: string;
}

/** Those of some services that run. */
export async function running(cluster: Cluster, services: readonly string[]): Promise<readonly Member[]> {
  const containers = await containersOf(cluster.system);
  const found = services.flatMap(name => containers.filter(one => one.running && one.slot === `${name}.1`));
  return Promise.all(
    found.map(async ({ id, slot }) => ({ id, name: slot.replace(/\.1$/, ''), address: await addressOf(id) })),
  );
}

export async function addressOf(id: string): Promise<string> {
  const { NetworkSettings } = await docker.getContainer(id).inspect();
  return Object.values(NetworkSettings.Networks)[0]?.IPAddress ?? '';
}

/** Those that say that they lead: two, while one does not know yet that it no longer does. */
export async function leaders(cluster: Cluster): Promise<readonly Member[]> {
  const all = await running(cluster, cluster.members);
  const lead = await Promise.all(all.map(({ address }) => answers(`${cluster.api}://${address}:8008/leader`)));
  return all.filter((_, at) => lead[at]);
}

/** Resolves with the leader when it is another one than before. */
export async function untilOtherLeads(cluster: Cluster, before: Member, seconds: number): Promise<Member> {
  let other: Member | undefined;
  await until(`another than ${before.name} leads`, seconds, async () => {
    other = (await leaders(cluster)).find(({ name }) => name !== before.name);
    return other !== undefined;
  });
  return other as Member;
}

/** Resolves with its leader when all members are there, and stream; one of them in step with it, where it is synchronous. */
export async function untilWhole(cluster: Cluster, seconds: number): Promise<Member> {
  let leader: Member | undefined;
  await until('the cluster is whole', seconds, async () => {
    const [only, ...others] = await leaders(cluster);
    leader = others.length === 0 ? only : undefined;
    return leader !== undefined && (await isFollowed(cluster, leader));
  });
  return leader as Member;
}

async function isFollowed({ members, synchronous }: Cluster, { id }: Member): Promise<boolean> {
  const counted =
    "count(*) filter (where state = 'streaming'), count(*) filter (where sync_state in ('sync', 'quorum'))";
  const [streaming, inStep] = (await psql(id, `select ${counted} from pg_stat_replication`)).split('|').map(Number);
  return streaming === members.length - 1 && (!synchronous || (inStep ?? 0) > 0);
}

const client = ['/usr/lib/postgresql/15/bin/psql', '-P', 'pager=off', '-h', '/run/postgresql', '-U', 'postgres'];

/** One statement in a member, past the proxy. */
export const psql = (id: string, sql: string): Promise<string> =>
  runInContainer(id, ...client, '-XtAc', sql, 'postgres');

/** Looks until it holds, or rejects after so many seconds. */
export async function until(what: string, seconds: number, holds: () => Promise<boolean>): Promise<void> {
  const since = now();
  let said: unknown;
  while (now() < since + seconds * 1_000) {
    const held = await holds().catch(error => {
      said = error;
      return false;
    });
    if (held) return;
    await sleep(100);
  }
  throw new Error(`not within ${seconds} s: ${what}`, { cause: said });
}
