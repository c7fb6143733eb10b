import * as z from 'zod/mini';
import { type Duration, toMilliseconds } from '../kit/duration.ts';
import { holds } from './declaration/holds.ts';
import { members, rule } from './declaration/rule.ts';
import { https } from './outside-probe.ts';
import { command, duration, httpStatus } from './rules.ts';
import type { ProbeSpec, ProbeTiming } from './spec/service-spec.ts';

const mark: unique symbol = Symbol.for('holdfast.probe') as never;

/** How to ask an instance whether it is well. Made by {@link probe}. */
export interface Probe {
  readonly [mark]: Asked;
}

/** A {@link ProbeSpec} whose port is still a name. */
export type Asked =
  | (Omit<Extract<ProbeSpec, { type: 'http' }>, 'port'> & { readonly port: string })
  | (Omit<Extract<ProbeSpec, { type: 'tcp' }>, 'port'> & { readonly port: string })
  | Extract<ProbeSpec, { type: 'command' }>;

export interface ProbeOptions {
  /** Between two questions. Default `'1s'`. */
  readonly interval?: Duration;
  /** How long an answer may take. Default `'2s'`. */
  readonly timeout?: Duration;
  /** How long a new instance may take until it is well, or at least comes further. Default `'60s'`. */
  readonly within?: Duration;
}

export interface HttpProbeOptions extends ProbeOptions {
  /** The answers that count as well. Default 200 and 204. */
  readonly status?: number | readonly number[];
}

const timing = { interval: z.optional(duration), timeout: z.optional(duration), within: z.optional(duration) };

const portName = rule<string>(
  {
    is: 'the name of a port',
    why: 'the number is said once, among the ports of the service',
    fix: "declare ports: { http: 8080 } and name it: probe.http('http', '/healthz')",
  },
  value => typeof value === 'string' && value !== '',
);

const path = rule<string>(
  { is: "a path that begins with '/'", fix: "write it as in '/healthz'" },
  value => typeof value === 'string' && /^\/\S*$/.test(value),
);

const httpSchema = members({ port: portName, path, options: members({ ...timing, status: z.optional(httpStatus) }) });
const tcpSchema = members({ port: portName, options: members(timing) });
const commandSchema = members({ command, options: members(timing) });

/** Ways to ask an instance whether it is well, and, with `https`, whether a promise is kept. */
export const probe = {
  /**
   * Asks from outside, as a user would: `probe.https(door.url('/checkout')).answers(200).within('800ms')`. A promise is
   * measured by it.
   */
  https,

  /** Well when GET of the path answers with a good status. */
  http: function http(port: string, path: string, options: HttpProbeOptions = {}): Probe {
    if (!holds(httpSchema, { port, path, options }, 'probe.http', http)) return failed;
    const status = [options.status ?? [200, 204]].flat();
    return { [mark]: { type: 'http', port, path, status, timing: timingOf(options) } };
  },

  /** Well when the port takes a connection. */
  tcp: function tcp(port: string, options: ProbeOptions = {}): Probe {
    if (!holds(tcpSchema, { port, options }, 'probe.tcp', tcp)) return failed;
    return { [mark]: { type: 'tcp', port, timing: timingOf(options) } };
  },

  /**
   * Well when the command, run inside the instance, ends with 0. With 75 (`EX_TEMPFAIL` of sysexits.h) it says that it is
   * not well yet but came further since it was last asked, as with a copy of much data: `within` then begins anew, for a day at most.
   */
  command: function run(words: readonly string[], options: ProbeOptions = {}): Probe {
    if (!holds(commandSchema, { command: words, options }, 'probe.command', run)) return failed;
    return { [mark]: { type: 'command', command: words, timing: timingOf(options) } };
  },
};

const timingOf = ({ interval = '1s', timeout = '2s', within = '60s' }: ProbeOptions): ProbeTiming => ({
  interval: toMilliseconds(interval),
  timeout: toMilliseconds(timeout),
  within: toMilliseconds(within),
});

/** Stands in for a probe that was refused already, so that the rest of the declaration is checked too. */
const failed: Probe = { [mark]: { type: 'command', command: ['false'], timing: timingOf({}) } };

export const isProbe = (value: unknown): value is Probe => typeof value === 'object' && value !== null && mark in value;

export const askedBy = (given: Probe): Asked => given[mark];
