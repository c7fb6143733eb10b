import { rule } from '../../declaration/rule.ts';
import type { FirewallFacts } from '../facts/network.ts';
import type { Matcher } from '../matcher.ts';
import { listed } from '../words/found.ts';
import { textOrPattern } from '../words/given.ts';
import { isIn, spellWanted, type TextPattern } from '../words/pattern.ts';

const exists: Matcher<FirewallFacts> = {
  says: () => 'exists',
  holds: () => true,
  found: ({ policy, rules }) => `there is one, with policy ${policy ?? 'none'} and ${rules.length} rules`,
  isOfPresence: true,
};

const policies: readonly unknown[] = ['accept', 'drop', 'reject'];

const policy = rule<'accept' | 'drop' | 'reject'>(
  { is: "'accept', 'drop' or 'reject'", why: 'these are the policies that a chain can have' },
  value => policies.includes(value),
);

const hasPolicy: Matcher<FirewallFacts, [policy: 'accept' | 'drop' | 'reject']> = {
  says: wanted => `has the policy ${wanted}`,
  takes: [policy],
  holds: (facts, wanted) => facts.policy === wanted,
  found: facts => `policy ${facts.policy ?? 'none'}`,
};

const hasRule: Matcher<FirewallFacts, [text: TextPattern]> = {
  says: text => `has a rule with ${spellWanted(text)}`,
  denies: text => `has no rule with ${spellWanted(text)}`,
  takes: [textOrPattern],
  holds: ({ rules }, text) => rules.some(one => isIn(text, one)),
  found: ({ rules }) => listed(rules, 'it has no rules'),
};

/** What can be said of a chain of the firewall. */
export const firewallMatchers = {
  exists,
  hasPolicy,
  /** One of its rules, as iptables-save or nft print them, has the text in it, or matches the pattern. */
  hasRule,
};
