import { exitCode, Problem } from '../../kit/problem.ts';
import type { Seen } from '../../ports/provider.ts';
import { isInstance } from '../observe/world.ts';

/** How many host ports an environment has, from its first one on. */
export const portsOfAnEnvironment = 100;

/** Hands out an environment's host ports, the lowest first. One that somebody else has is told, not stepped over. */
export class HostPorts {
  readonly #first: number;
  readonly #given: Set<number>;
  readonly #others: ReadonlyMap<number, Seen>;

  constructor(first: number, seen: readonly Seen[]) {
    const holders = seen.filter(isInstance).flatMap(one => one.state.hostPorts.map(port => [port, one] as const));
    this.#first = first;
    this.#given = new Set(holders.filter(([, one]) => one.birth).map(([port]) => port));
    this.#others = new Map(holders.filter(([, one]) => !one.birth));
  }

  /** The port that the service has, as long as it is one of the environment's; else the lowest free one. */
  keepOrNext(had: number | undefined, service: string): number {
    if (had !== undefined && had >= this.#first && had < this.#first + portsOfAnEnvironment) return had;
    let port = this.#first;
    while (this.#given.has(port)) port += 1;
    this.#refuseTaken(port, service);
    this.#given.add(port);
    return port;
  }

  #refuseTaken(port: number, service: string): void {
    const holder = this.#others.get(port);
    if (!holder) return;
    throw new Problem({
      what: `service "${service}" can't have host port ${port}: ${holder.name} holds it`,
      why: `${holder.about} is on the same engine and is not of this environment`,
      fix: 'stop it, or give this environment another `ports: …` in holdfast.config.ts',
      exit: exitCode.wrongUse,
    });
  }
}
