import type { Footing } from '../../../journal/evidence.ts';
import { iso } from '../../../kit/clock.ts';
import { type Address, nameIn } from '../../../model/address.ts';
import type { Evidence, Reason, Remedy } from '../../promise/reason.ts';
import type { PromiseStatus } from '../../promise/status.ts';
import { spellBecause } from '../../promise/words.ts';
import { apart, type Inline, type Line, spellTime } from '../page/inline.ts';
import { type Around, link } from './around.ts';
import { faultLine } from './fault.ts';

/** Why a promise is as it is, in a sentence: by what of it decides. */
export function whyOf({ reasons, status }: PromiseStatus, around: Around): Line {
  const deciding = reasons.filter(reason => reason.status === status);
  const [first] = deciding;
  if (!first) return ['nothing is declared that could show it'];
  if (status === 'kept') return [allShown(reasons.length), ...saveWaived(reasons, around)];
  if (deciding.every(({ because }) => because.why === 'never' || because.why === 'no means')) {
    const parts = deciding.map(reason => partOf(reason, around));
    return ['not shown yet: ', ...apart(parts, '; ')];
  }
  const others = deciding.length > 1 ? `, and ${deciding.length - 1} more` : '';
  return [...firstOf(first, around), others];
}

const allShown = (parts: number): string =>
  parts === 1 ? 'it was shown on what runs' : `all ${parts} parts of it were shown on what runs`;

function saveWaived(reasons: readonly Reason[], around: Around): Line {
  const parts = reasons.filter(({ because }) => because.why === 'passed' && because.waived);
  return parts.length === 0
    ? []
    : [
        ', save what is waived: ',
        ...apart(
          parts.map(one => partOf(one, around)),
          '; ',
        ),
      ];
}

function firstOf(reason: Reason, around: Around): Line {
  const { part, because } = reason;
  if (part.is === 'given' && because.why === 'premise')
    return ['it is given ', link(part.promise, around), `, which is ${because.status}`];
  return [...partOf(reason, around), `: ${becauseOf(reason, around)}`];
}

/** The same as a sentence of its own. */
export function whySentence(status: PromiseStatus, around: Around): Line {
  const [first = '', ...rest] = whyOf(status, around);
  const begun = typeof first === 'string' ? first.charAt(0).toUpperCase() + first.slice(1) : first;
  return [begun, ...rest, '.'];
}

export function partOf({ part }: Reason, around: Around): Line {
  if (part.is === 'check') return ['check ', link(part.check, around)];
  if (part.is === 'given') return ['is given: ', link(part.promise, around)];
  if (part.is === 'survives') return ['it survives ', ...faultLine(part.fault, around)];
  return [part.is === 'measured' ? 'what is measured' : 'it recovers from nothing'];
}

/** Age is told by the day on which it ended: a page says the same tomorrow. */
export function becauseOf({ because }: Reason, { now }: Around): string {
  if (because.why === 'aged')
    return `what showed it counted until ${spellTime(iso(now - because.age + because.allowed))}`;
  if (because.why === 'passed' && !because.waived)
    return because.sentences === 1 ? 'its one sentence held' : `all ${because.sentences} sentences held`;
  const [first = '', ...more] = spellBecause(because).map(text => text.replaceAll(/\.\d{3}Z/g, 'Z'));
  return because.why === 'failed' ? `${first}: ${more.join('; ')}` : [first, ...more].join('; ');
}

/** Which fact, of when, by whom, on what. */
export const evidenceOf = (evidence: Evidence | undefined): Line =>
  evidence
    ? [{ time: evidence.at }, `, fact ${evidence.seq} by ${evidence.actor}`, ...standsOn(evidence.on)]
    : ['none yet'];

function standsOn(on: Footing): Line {
  const digests = Object.entries(on).flatMap(([of, { digest }]): readonly Line[] =>
    digest === undefined ? [] : [[`${nameIn(of as Address)} `, { code: short(digest) }]],
  );
  return digests.length > 0 ? [', on ', ...apart(digests, ', ')] : [];
}

/** As people tell digests apart: the first twelve digits. */
export const short = (digest: string): string => digest.replace(/^([a-z0-9]+:[0-9a-f]{12})[0-9a-f]+$/, '$1');

const inWords: Readonly<Record<Remedy['verb'], string>> = {
  check: 'running the check',
  'promise explain': 'what that one needs',
};

/** What would make it fresh: the command, where the command line has it. */
export function remedyOf({ fresh, until, status }: Reason, { verbs }: Around): Line {
  if (!fresh) return until === undefined ? [] : ['good until ', { time: until }];
  const [verb = ''] = fresh.verb.split(' ');
  const how: Inline = verbs.has(verb) ? { code: `holdfast ${fresh.verb} ${nameIn(fresh.of)}` } : inWords[fresh.verb];
  return status === 'broken' ? ['mending it, then ', how] : [how];
}
