import { setTimeout as pause } from 'node:timers/promises';
import { exitCode } from '../../../kit/problem.ts';
import type { Scope } from '../../../model/identity.ts';
import type { DatabaseServer, DatabaseServers } from '../../../ports/database-servers.ts';
import type { Instances } from '../../../ports/instances.ts';
import type { Overview } from './overview.ts';
import { openPrimary, type Primary, unlessStandby } from './primary.ts';
import { connectTo, Lost, psql } from './psql.ts';

/** What stands on which the objects inside of servers are looked for and changed. */
export interface ClusterGround {
  readonly servers: DatabaseServers;
  readonly instances: Instances;
  readonly scope: Scope;
  /** How long a change waits for a server that takes it, in milliseconds. Default 60,000: a failover takes less. */
  readonly patience?: number;
}

/** One cluster as its primary describes it. */
export interface Reading {
  readonly cluster: string;
  readonly overview: Overview;
  /** Ids of all of its members' instances. */
  readonly within: readonly string[];
  /** Asks each of the databases the same. A line of answer for each; none where the server is gone by now. */
  askEach(databases: readonly string[], question: string): Promise<readonly string[]>;
}

const between = 500;
/** How long a question may take while the world is observed, in milliseconds. Who is not there is told much sooner. */
const glance = 60_000;

/** The clusters of database servers of one scope on one engine. */
export class Clusters {
  readonly #ground: ClusterGround;
  #underWay: Promise<readonly Reading[]> | undefined;

  constructor(ground: ClusterGround) {
    this.#ground = ground;
  }

  /** All that answer. Those who ask at the same time share one answer. */
  observe(): Promise<readonly Reading[]> {
    this.#underWay ??= this.#read().finally(() => {
      this.#underWay = undefined;
    });
    return this.#underWay;
  }

  /** Whether the cluster has a server, running or not. */
  async has(cluster: string): Promise<boolean> {
    return (await this.#membersOf(cluster)).length > 0;
  }

  /**
   * Works at the server that takes writes. Begins anew at the next one when it is lost in the middle: work has to be
   * idempotent.
   */
  async atPrimary<T>(cluster: string, signal: AbortSignal, work: (primary: Primary) => Promise<T>): Promise<T> {
    const { patience = 60_000 } = this.#ground;
    for (const deadline = performance.now() + patience; ; ) {
      signal.throwIfAborted();
      try {
        return await work(await this.#primaryOf(cluster, signal));
      } catch (error) {
        if (!(error instanceof Lost) || performance.now() > deadline) throw error;
      }
      await pause(between, undefined, { signal });
    }
  }

  async #read(): Promise<readonly Reading[]> {
    const members = await this.#ground.servers.members(this.#ground.scope);
    const clusters = Map.groupBy(members, ({ cluster }) => cluster);
    const readings = await Promise.all([...clusters].map(([cluster, servers]) => this.#readOne(cluster, servers)));
    return readings.flat();
  }

  async #readOne(cluster: string, servers: readonly DatabaseServer[]): Promise<readonly Reading[]> {
    const signal = AbortSignal.timeout(glance);
    const answers = await Promise.all(
      running(servers).map(server => this.#open(server, signal).catch(error => unlessSilent(error))),
    );
    const primary = answers.find(answer => answer !== undefined);
    if (!primary) return [];
    const within = servers.map(({ instance }) => instance.id);
    const askEach: Reading['askEach'] = async (databases, question) => {
      if (databases.length === 0) return [];
      const script = databases.flatMap(database => [connectTo(database), question]).join('\n');
      const said = await primary.ask('postgres', script).catch(error => unlessSilent(error));
      return said?.split('\n') ?? [];
    };
    return [{ cluster, within, overview: primary.overview, askEach }];
  }

  async #primaryOf(cluster: string, signal: AbortSignal): Promise<Primary> {
    const reasons: string[] = [];
    for (const server of running(await this.#membersOf(cluster))) {
      const primary = await this.#open(server, signal).catch(error => void reasons.push(reasonOf(error)));
      if (primary) return primary;
    }
    throw new Lost({
      what: `no server of cluster "${cluster}" takes changes`,
      why: reasons.join('; ') || 'none of them runs as the primary',
      fix: 'see with `holdfast status` and `holdfast logs` what its servers are doing, then run `holdfast up` again',
      exit: exitCode.failed,
      retry: true,
    });
  }

  async #membersOf(cluster: string): Promise<readonly DatabaseServer[]> {
    const all = await this.#ground.servers.members(this.#ground.scope);
    return all.filter(one => one.cluster === cluster);
  }

  /** Undefined for a standby. */
  async #open({ instance }: DatabaseServer, signal: AbortSignal): Promise<Primary | undefined> {
    const { instances } = this.#ground;
    const ask = (database: string, script: string) =>
      psql({ instances, server: instance, database }, unlessStandby(script), signal);
    return openPrimary(ask);
  }
}

const running = (servers: readonly DatabaseServer[]): readonly DatabaseServer[] =>
  servers.filter(({ instance }) => instance.state.running);

/** Who does not answer is not there to be described. */
function unlessSilent(error: unknown): undefined {
  if (error instanceof Lost || (error instanceof Error && error.name === 'TimeoutError')) return undefined;
  throw error;
}

function reasonOf(error: unknown): string {
  if (error instanceof Lost) return error.parts.why ?? error.message;
  throw error;
}
