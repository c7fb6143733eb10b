import * as z from 'zod/mini';
import { type Duration, toMilliseconds } from '../../kit/duration.ts';
import { addressOfHandle, type Handle, isHandle } from '../declaration/handle.ts';
import { holds } from '../declaration/holds.ts';
import { handleOf } from '../declaration/options.ts';
import { members, rule } from '../declaration/rule.ts';
import { duration, wholeNumber } from '../rules.ts';
import type { ServiceHandle } from '../service-handle.ts';
import type { FaultSpec } from '../spec/promise-spec.ts';
import type { UpstreamHandle } from '../upstream.ts';

const mark: unique symbol = Symbol.for('holdfast.fault') as never;

/** What a promise survives. Made by {@link loss}, {@link failover} and {@link outage}; a drill injects it. */
export interface Fault {
  /** Undefined for one that was refused already. */
  readonly [mark]: FaultSpec | undefined;
}

/** How much of the newest data may be gone: none, or what was written within so long. */
export type Losing = 0 | Duration;

export interface FailoverOptions {
  /** How long it may take until it answers again. */
  readonly within: Duration;
  /** How much of the newest data may be gone. Default 0. */
  readonly losing?: Losing;
}

export const losing = rule<Losing>(
  {
    is: '0 or a duration',
    why: 'it says how much of the newest data may be gone: none, or what was written within so long',
    fix: "write it as in 0 or '1m'",
  },
  value => value === 0 || duration.safeParse(value).success,
);

export const millisecondsLost = (given: Losing): number => (given === 0 ? 0 : toMilliseconds(given));

/** Kinds that are declared and never run by themselves. */
const neverRuns = new Set(['team', 'upstream', 'image', 'network', 'volume', 'secret', 'routes', 'check', 'promise']);

const whatRuns = rule<Handle>(
  {
    is: 'a handle of what runs',
    why: 'only what runs can fail over to another instance of itself',
    fix: "give the service: failover(db, { within: '30s' })",
  },
  value => isHandle(value) && !neverRuns.has(value.kind),
);

const instances = wholeNumber(1, 999, 'it says how many instances go at once');

/** So many instances of a service go at once, and do not come back by themselves. Default 1. */
export function loss(of: ServiceHandle<string>, count = 1): Fault {
  const fits = holds(members({ of: handleOf('service'), instances }), { of, instances: count }, 'loss', loss);
  return { [mark]: fits ? { type: 'loss', of: addressOfHandle(of), instances: count } : undefined };
}

const failoverShape = members({
  of: whatRuns,
  options: members({ within: duration, losing: z.optional(losing) }),
});

/** The instance that leads goes, and another one takes over. */
export function failover(of: Handle, options: FailoverOptions): Fault {
  if (!holds(failoverShape, { of, options }, 'failover', failover)) return { [mark]: undefined };
  const { within, losing: lost = 0 } = options;
  const spec = { within: toMilliseconds(within), losing: millisecondsLost(lost) };
  return { [mark]: { type: 'failover', of: addressOfHandle(of), ...spec } };
}

/** An upstream does not answer, for as long as it pleases. */
export function outage(of: UpstreamHandle): Fault {
  const fits = holds(members({ of: handleOf('upstream') }), { of }, 'outage', outage);
  return { [mark]: fits ? { type: 'outage', of: addressOfHandle(of) } : undefined };
}

export const isFault = (value: unknown): value is Fault => typeof value === 'object' && value !== null && mark in value;

export const specOfFault = (fault: Fault): FaultSpec | undefined => fault[mark];
