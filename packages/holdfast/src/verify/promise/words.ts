import type { Footing, WaivedSentence } from '../../journal/evidence.ts';
import { toDuration } from '../../kit/duration.ts';
import { plural } from '../../kit/layout.ts';
import { quotient, spellPercentage } from '../../kit/percentage.ts';
import { type Address, kindOf, nameIn } from '../../model/address.ts';
import { subject } from '../../model/declaration/handle.ts';
import { isKnown, type Resource } from '../../model/resource.ts';
import type { FaultSpec } from '../../model/spec/promise-spec.ts';
import type { Change } from '../evidence/changes.ts';
import type { Because, Evidence, Measured, Part } from './reason.ts';

type All = ReadonlyMap<Address, Resource>;

const subjectOf = (of: Address): string => subject(kindOf(of), nameIn(of));

export function spellPart(part: Part, all: All): string {
  if (part.is === 'measured') return 'what is measured of it';
  if (part.is === 'check') return subjectOf(part.check);
  if (part.is === 'survives') return `survives ${spellFault(part.fault)}`;
  if (part.is === 'recovers') return 'recovers from nothing';
  const premise = all.get(part.promise);
  return `is given: ${premise && isKnown('promise')(premise) ? premise.spec.sentence : nameIn(part.promise)}`;
}

export function spellFault(fault: FaultSpec): string {
  if (fault.type === 'outage') return `an outage of ${subjectOf(fault.of)}`;
  if (fault.type === 'loss') return `the loss of ${fault.instances} of ${subjectOf(fault.of)}`;
  const losing = fault.losing === 0 ? 'losing nothing' : `losing ${toDuration(fault.losing)} at most`;
  return `a failover of ${subjectOf(fault.of)} within ${toDuration(fault.within)}, ${losing}`;
}

type Spellings = { readonly [W in Because['why']]: (because: Extract<Because, { why: W }>) => readonly string[] };

const spellings: Omit<Spellings, 'enough' | 'too few'> = {
  never: () => ['nothing has shown it yet'],
  'no means': ({ missing }) => [`nothing shows it yet, since there are no ${missing} yet`],
  passed: ({ sentences, waived = [] }) => [
    `passed, with ${plural(sentences, 'sentence')}${waived.length > 0 ? ', not all of which hold' : ''}`,
    ...waived.map(spellWaived),
  ],
  failed: ({ failed, sentences }) => [`${failed.length} of ${sentences} failed`, ...failed],
  changed: ({ changes }) => changes.map(change => `since then ${spellChange(change)}`),
  aged: ({ age, allowed }) => [`it is ${days(age)} old, and counts for ${days(allowed)}`],
  premise: ({ status }) => [`that one is ${status}`],
};

export function spellBecause(because: Because): readonly string[] {
  if (because.why === 'enough' || because.why === 'too few') return [spellMeasured(because)];
  return (spellings[because.why] as (because: Because) => readonly string[])(because);
}

const spellWaived = ({ sentence, found, owner, because, until }: WaivedSentence): string =>
  `waived by ${owner} until ${until}: ${sentence}: ${found} (${because})`;

/** Never told higher than it is. */
const spellMeasured = ({ good, total, target, since }: Measured): string =>
  `${good} of ${total} were good since ${since}: ${spellPercentage(quotient(BigInt(good), BigInt(total)), 4)}, and ${target} is promised`;

/** `fact 12 of 2026-11-28T10:00:00.000Z by ada@laptop, on web sha256:4f5e6d7c8b9a`. */
export const spellEvidence = ({ seq, at, actor, on }: Evidence): string =>
  [`fact ${seq} of ${at} by ${actor}`, ...digestsIn(on)].join(', on ');

const digestsIn = (on: Footing): readonly string[] => {
  const digests = Object.entries(on).flatMap(([of, { digest }]) =>
    digest ? [`${nameIn(of as Address)} ${short(digest)}`] : [],
  );
  return digests.length > 0 ? [digests.join(', ')] : [];
};

function spellChange({ of, what, from, to }: Change): string {
  if (what === 'new') return `${subjectOf(of)} came in between`;
  if (what === 'gone') return `${subjectOf(of)} is no longer part of it`;
  if (what === 'spec')
    return kindOf(of) === 'promise' ? 'it is measured in another way' : `${subjectOf(of)} is declared differently`;
  if (what === 'replicas') return `${subjectOf(of)} went from ${from ?? 0} to ${to ?? 0} instances`;
  return to === undefined
    ? `${subjectOf(of)}, which was ${short(from ?? '')}, runs no more`
    : `${subjectOf(of)} is another one: it was ${short(from ?? 'not there')} and is ${short(to)}`;
}

const short = (digest: string): string => digest.replace(/^(sha256:[0-9a-f]{12})[0-9a-f]+$/, '$1');

const days = (ms: number): string => {
  const hours = Math.floor(ms / 3_600_000);
  return hours < 48 ? `${hours} hours` : `${Math.floor(hours / 24)} days`;
};
