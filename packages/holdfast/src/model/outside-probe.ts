import { type Duration, toMilliseconds } from '../kit/duration.ts';
import { holds } from './declaration/holds.ts';
import { members, rule } from './declaration/rule.ts';
import { Ref, toValue } from './ref.ts';
import { duration, httpStatus } from './rules.ts';
import type { OutsideProbeSpec } from './spec/promise-spec.ts';
import { secretsIn } from './value.ts';

const mark: unique symbol = Symbol.for('holdfast.outside-probe') as never;

/** How a promise is measured: a question from outside, as a user would ask it. Made by `probe.https`. */
export interface OutsideProbe {
  readonly [mark]: OutsideProbeSpec;
  /** The answers that are good. Default 200. */
  answers(...status: readonly number[]): OutsideProbe;
  /** How long a good answer may take. Default `'5s'`. */
  within(time: Duration): OutsideProbe;
  /** Between two questions. Default `'15s'`. */
  every(time: Duration): OutsideProbe;
}

const outsideUrl = rule<string | Ref<string>>(
  {
    is: 'an https URL without a secret in it, or the url of an edge',
    why: 'it is asked from outside, where nothing else keeps a stranger from answering, and it stands in the documentation',
    fix: "write it as in probe.https(door.url('/checkout')) or probe.https('https://shop.example/checkout')",
  },
  value => (value instanceof Ref ? secretsIn(toValue(value)).length === 0 : isHttpsUrl(value)),
);

const isHttpsUrl = (value: unknown): boolean =>
  typeof value === 'string' && value.startsWith('https://') && URL.canParse(value);

export function https(url: string | Ref<string>): OutsideProbe {
  const fits = holds(members({ url: outsideUrl }), { url }, 'probe.https', https);
  return asking({
    type: 'http',
    url: fits ? toValue(url) : 'https://refused.invalid/',
    status: [200],
    within: 5_000,
    every: 15_000,
  });
}

/** What was refused leaves the probe as it was, so that the rest of the declaration is checked too. */
function asking(spec: OutsideProbeSpec): OutsideProbe {
  return {
    [mark]: spec,
    answers: function answers(...status) {
      const shape = members({ status: httpStatus });
      return holds(shape, { status }, 'probe.https(…).answers', answers) ? asking({ ...spec, status }) : asking(spec);
    },
    within: function within(time) {
      const fits = holds(members({ time: duration }), { time }, 'probe.https(…).within', within);
      return fits ? asking({ ...spec, within: toMilliseconds(time) }) : asking(spec);
    },
    every: function every(time) {
      const fits = holds(members({ time: duration }), { time }, 'probe.https(…).every', every);
      return fits ? asking({ ...spec, every: toMilliseconds(time) }) : asking(spec);
    },
  };
}

export const isOutsideProbe = (value: unknown): value is OutsideProbe =>
  typeof value === 'object' && value !== null && mark in value;

export const specOfProbe = (given: OutsideProbe): OutsideProbeSpec => given[mark];
