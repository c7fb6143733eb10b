import { overlap, parseCidr } from '../../kit/cidr.ts';
import type { Named } from './config.ts';
import { engine, placeOf } from './engine-place.ts';
import type { Environment, EnvironmentOptions } from './environment.ts';

/** How many host ports an environment has. */
const portRange = 100;

/** Fills in what was left out, so that no two environments of a project get the same. */
export function resolved(all: readonly Named[]): readonly Environment[] {
  const pools = all.flatMap(({ options }) => options.subnets ?? []);
  const ports = all.flatMap(({ options }) => options.ports ?? []);
  return all.map(({ name, options }) => ({
    name,
    engines: enginesOf(options),
    ...(options.domain && { domain: options.domain }),
    subnets: options.subnets ?? taken(pools, freePool(pools)),
    ports: options.ports ?? taken(ports, freePorts(ports)),
    listen: options.listen ?? '127.0.0.1',
    ...(options.journal && { journal: options.journal }),
    ...(options.recipients && { recipients: options.recipients }),
    sealed: options.sealed ?? name === 'production',
    protected: options.protected ?? false,
    grace: options.grace ?? '7d',
    ...(options.after && { after: options.after }),
  }));
}

export const enginesOf = ({ engine: one, engines }: EnvironmentOptions): Environment['engines'] =>
  Object.fromEntries(
    Object.entries(engines ?? { default: one ?? engine.local() }).map(([name, declared]) => [name, placeOf(declared)]),
  );

function taken<T>(all: T[], one: T): T {
  all.push(one);
  return one;
}

/** Far from what Docker gives out by itself, and from what offices and homes use most. */
function freePool(pools: readonly string[]): string {
  const blocks = pools.flatMap(text => parseCidr(text) ?? []);
  const candidates = Array.from({ length: 254 }, (_, index) => `10.${(231 + index) % 256}.0.0/16`);
  const isFree = (text: string) => blocks.every(block => !overlap(block, parseCidr(text) ?? block));
  return candidates.find(isFree) ?? '10.231.0.0/16';
}

function freePorts(ports: readonly number[]): number {
  let first = 8_080;
  while (ports.some(other => Math.abs(other - first) < portRange)) first += portRange;
  return first;
}
