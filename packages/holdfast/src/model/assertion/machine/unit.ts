import { rule } from '../../declaration/rule.ts';
import type { UnitFacts } from '../facts/machine.ts';
import type { Matcher } from '../matcher.ts';

const found = ({ state, enabled, init }: UnitFacts): string =>
  `${state}, ${enabled ? 'enabled' : 'not enabled'}, under ${init}`;

const exists: Matcher<UnitFacts> = { says: () => 'exists', holds: () => true, found, isOfPresence: true };

const isRunning: Matcher<UnitFacts> = { says: () => 'is running', holds: ({ running }) => running, found };

const isEnabled: Matcher<UnitFacts> = { says: () => 'is enabled', holds: ({ enabled }) => enabled, found };

const inits: readonly unknown[] = ['systemd', 'openrc', 'runit', 'sysv'] satisfies UnitFacts['init'][];

const init = rule<UnitFacts['init']>(
  { is: `one of ${inits.join(', ')}`, why: 'these are the init systems that are told apart' },
  value => inits.includes(value),
);

const isUnder: Matcher<UnitFacts, [init: UnitFacts['init']]> = {
  says: wanted => `is under ${wanted}`,
  takes: [init],
  holds: (facts, wanted) => facts.init === wanted,
  found,
};

/** What can be said of a service under an init system. */
export const unitMatchers = {
  exists,
  isRunning,
  /** It starts with the machine. */
  isEnabled,
  /** `'systemd'`, `'openrc'`, `'runit'` or `'sysv'`. */
  isUnder,
};
