import { rule } from '../../declaration/rule.ts';
import { someText } from '../../rules.ts';
import type { DnsFacts } from '../facts/network.ts';
import type { Matcher } from '../matcher.ts';
import { listed } from '../words/found.ts';

const found = ({ values }: DnsFacts): string => listed(values, 'nothing');

const resolves: Matcher<DnsFacts> = { says: () => 'resolves', holds: () => true, found, isOfPresence: true };

const resolvesTo: Matcher<DnsFacts, [value: string]> = {
  says: value => `resolves to ${value}`,
  takes: [someText],
  holds: ({ values }, value) => values.includes(value),
  found,
};

const several = rule<readonly string[]>(
  {
    is: 'an array of texts that differ, with at least one in it',
    why: 'what resolves to nothing is said with .not.resolves()',
    fix: "write it as in ['10.0.0.1', '10.0.0.2']",
  },
  value =>
    Array.isArray(value) &&
    value.length > 0 &&
    new Set(value).size === value.length &&
    value.every(one => typeof one === 'string' && one !== ''),
);

const resolvesOnlyTo: Matcher<DnsFacts, [values: readonly string[]]> = {
  says: values => `resolves to ${values.join(' and ')}, and to nothing else`,
  denies: values => `resolves to something else than ${values.join(' and ')}`,
  takes: [several],
  holds: ({ values }, wanted) => values.length === wanted.length && wanted.every(one => values.includes(one)),
  found,
};

/** What can be said of a name in the DNS. */
export const dnsMatchers = {
  /** It has a record of the type. */
  resolves,
  /** One of its records is this, as zone files have it. */
  resolvesTo,
  /** These are its records, in any order. */
  resolvesOnlyTo,
};
