import { rule } from '../../declaration/rule.ts';
import { wholeNumber } from '../../rules.ts';
import type { CertificateFacts } from '../facts/network.ts';
import type { Matcher } from '../matcher.ts';
import { counted, listed } from '../words/found.ts';
import { textOrPattern } from '../words/given.ts';
import { isIn, plainly, type TextPattern } from '../words/pattern.ts';

const isPresented: Matcher<CertificateFacts> = {
  says: () => 'is presented',
  holds: () => true,
  found: ({ subject, issuer }) => `${subject}, of ${issuer}`,
  isOfPresence: true,
};

const isTrusted: Matcher<CertificateFacts> = {
  says: () => 'is to be trusted',
  holds: ({ distrust }) => distrust === undefined,
  found: ({ distrust, chain }) => distrust ?? `trusted, by ${chain.at(-1)}`,
};

const isIssuedBy: Matcher<CertificateFacts, [issuer: TextPattern]> = {
  says: issuer => `is issued by ${plainly(issuer)}`,
  takes: [textOrPattern],
  holds: ({ issuer }, wanted) => isIn(wanted, issuer),
  found: ({ issuer }) => `issuer ${issuer}`,
};

const hostName = rule<string>(
  { is: 'the name of a host', fix: "write it as in 'shop.example'" },
  value => typeof value === 'string' && /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/i.test(value),
);

const isFor: Matcher<CertificateFacts, [host: string]> = {
  says: host => `is for ${host}`,
  takes: [hostName],
  holds: ({ names }, host) => names.some(one => covers(one.toLowerCase(), host.toLowerCase())),
  found: ({ names }) => listed(names, 'it names no host'),
};

/** A star stands for one label, the first (RFC 6125). */
const covers = (name: string, host: string): boolean =>
  name === host || (name.startsWith('*.') && host.slice(host.indexOf('.')) === name.slice(1) && host.includes('.'));

const hasDaysLeft: Matcher<CertificateFacts, [least: number]> = {
  says: least => `is valid for at least ${counted(least, 'more day')}`,
  takes: [wholeNumber(1, 10_000, 'one that has expired is not trusted anyway')],
  holds: ({ daysLeft }, least) => daysLeft >= least,
  found: ({ daysLeft }) =>
    daysLeft < 0 ? `it expired ${counted(-daysLeft, 'day')} ago` : `${counted(daysLeft, 'day')} left`,
};

const leadsTo: Matcher<CertificateFacts, [authority: TextPattern]> = {
  says: authority => `leads to ${plainly(authority)}`,
  takes: [textOrPattern],
  holds: ({ chain }, wanted) => chain.slice(1).some(one => isIn(wanted, one)),
  found: ({ chain }) => chain.join(' ← '),
};

/** What can be said of the certificate that a host presents. */
export const certificateMatchers = {
  isPresented,
  /** By the authorities that Holdfast trusts, and for the name that it was asked for. */
  isTrusted,
  /** The text is in the issuer's name, or the pattern matches somewhere. */
  isIssuedBy,
  /** It names this host, or has a star for it. */
  isFor,
  /** In whole days. */
  hasDaysLeft,
  /** One of its chain above it has the text in its name, or matches the pattern. */
  leadsTo,
};
