import type { Json } from '../../../kit/json.ts';
import { type Size, spellSize } from '../../../kit/size.ts';
import type { EnvironmentFacts, KernelParameterFacts, MemoryFacts } from '../facts/machine.ts';
import type { Matcher } from '../matcher.ts';
import { bytesOf, exactOrPattern, finite, type Percent, size, sizeOrPercent } from '../words/given.ts';
import { isThe, plainly, spellWanted, type TextPattern } from '../words/pattern.ts';

const isSet: Matcher<EnvironmentFacts> = {
  says: () => 'is set',
  holds: () => true,
  found: facts => hidden(facts),
  isOfPresence: true,
};

const hasValue: Matcher<EnvironmentFacts, [value: TextPattern]> = {
  says: value => `is ${spellWanted(value)}`,
  takes: [exactOrPattern],
  holds: ({ value }, wanted) => isThe(wanted, value),
  found: facts => hidden(facts),
};

/** What a variable holds may be a secret. */
const hidden = ({ value }: EnvironmentFacts): string =>
  value === '' ? 'it is set, and empty' : `it is set, to something of ${value.length} characters`;

/** What can be said of a variable of the environment. */
export const environmentMatchers = {
  isSet,
  /** The whole of it, or a pattern that matches somewhere. */
  hasValue,
};

type OnParameter<A extends readonly Json[] = []> = Matcher<KernelParameterFacts, A>;

const exists: OnParameter = {
  says: () => 'exists',
  holds: () => true,
  found: ({ value }) => `it is ${value}`,
  isOfPresence: true,
};

const isExactly: OnParameter<[value: TextPattern]> = {
  says: value => `is ${plainly(value)}`,
  takes: [exactOrPattern],
  holds: ({ value }, wanted) => isThe(wanted, value.replace(/\s+/g, ' ')),
  found: ({ value }) => `it is ${value}`,
};

const isAtLeast: OnParameter<[least: number]> = {
  says: least => `is at least ${least}`,
  takes: [finite],
  holds: ({ value }, least) => Number(value) >= least,
  found: ({ value }) => `it is ${value}`,
};

/** What can be said of a parameter of the kernel. */
export const kernelParameterMatchers = {
  exists,
  /** As sysctl prints it, with one space between numbers. */
  hasValue: isExactly,
  isAtLeast,
};

const hasTotal: Matcher<MemoryFacts, [amount: Size]> = {
  says: amount => `is at least ${amount}`,
  takes: [size],
  holds: ({ total }, amount) => total >= bytesOf(amount, total),
  found: ({ total }) => spellSize(total),
};

const hasAvailable: Matcher<MemoryFacts, [amount: Size | Percent]> = {
  says: amount => `has at least ${amount} available`,
  takes: [sizeOrPercent],
  holds: ({ total, available }, amount) => available >= bytesOf(amount, total),
  found: ({ total, available }) => `${spellSize(available)} of ${spellSize(total)} available`,
};

/** What can be said of the memory. */
export const memoryMatchers = {
  /** As in `'2GB'`. */
  hasTotal,
  /** As in `'512MB'` or `'10%'`. */
  hasAvailable,
};
