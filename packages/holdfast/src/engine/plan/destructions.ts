import type { Destruction } from '../../journal/fact.ts';
import { iso } from '../../kit/clock.ts';
import { exitCode, Problem } from '../../kit/problem.ts';
import { type Address, nameIn } from '../../model/address.ts';
import type { Seen } from '../../ports/provider.ts';
import type { Match } from './match.ts';
import type { Cancelled, Retained } from './plan.ts';
import type { PlanInput } from './plan-input.ts';

/** What becomes of data that is no longer declared. */
export interface DataRemovals {
  readonly destroyed: ReadonlySet<Seen>;
  /** Of these, what goes without being named again: its grace period is over. */
  readonly due: ReadonlySet<Seen>;
  readonly retained: readonly Retained[];
  /** Of what stays, what a person has named now to be destroyed later. */
  readonly scheduled: readonly Destruction[];
  readonly cancelled: readonly Cancelled[];
}

interface Parts extends Pick<PlanInput, 'destroy' | 'facts' | 'destructions'> {
  readonly addressOf: (seen: Seen) => Address;
}

/**
 * Data goes by its name, and only when its grace period is over. Named again it has no other: what is run twice does no
 * more than what is run once. Pure.
 */
export function dataRemovals(data: readonly Seen[], matches: readonly Match[], parts: Parts): DataRemovals {
  const { destroy, facts, addressOf, destructions: { scheduled: known, now } = none } = parts;
  const isNamed = (seen: Seen): boolean => destroy === 'all' || destroy.has(nameIn(addressOf(seen)));
  const dueOf = (seen: Seen): string | undefined => known.get(uidOf(seen))?.due;
  refuseWhereProtected(data.filter(isNamed), facts);
  const isAtOnce = facts.grace === 0 || destroy === 'all';
  const due = new Set(data.filter(seen => !facts.protected && Date.parse(dueOf(seen) ?? '') <= now));
  const destroyed = new Set(data.filter(seen => due.has(seen) || (isAtOnce && isNamed(seen))));
  const staying = data.filter(seen => !destroyed.has(seen));
  const ends = (seen: Seen): string | undefined =>
    facts.protected ? undefined : (dueOf(seen) ?? (isNamed(seen) ? iso(now + facts.grace) : undefined));
  const retained = staying.map(seen => ({ ...seen, ...dueIn(ends(seen)) }));
  return {
    destroyed,
    due,
    retained,
    scheduled: retained.filter(seen => !known.has(uidOf(seen))).flatMap(seen => destructionOf(seen, addressOf(seen))),
    cancelled: [
      ...matches.flatMap(({ seen, wanted }) => (seen ? [{ uid: uidOf(seen), address: wanted.address }] : [])),
      ...(facts.protected ? staying.map(seen => ({ uid: uidOf(seen), address: addressOf(seen) })) : []),
    ].filter(({ uid }) => known.has(uid)),
  };
}

const none: NonNullable<PlanInput['destructions']> = { scheduled: new Map(), now: 0 };

const uidOf = ({ birth }: Seen): string => birth?.uid ?? '';

const dueIn = (due: string | undefined): Pick<Retained, 'due'> => (due === undefined ? {} : { due });

const destructionOf = ({ due, kind, engine, ...seen }: Retained, address: Address): Destruction[] =>
  due === undefined ? [] : [{ uid: uidOf({ kind, engine, ...seen }), address, kind, engine, due }];

function refuseWhereProtected(named: readonly Seen[], { name, protected: isProtected }: PlanInput['facts']): void {
  if (!isProtected || named.length === 0) return;
  throw new Problem({
    what: `environment "${name}" is protected: ${named.map(seen => seen.name).join(', ')} can't be destroyed`,
    why: 'it holds data that nothing else has',
    fix: 'take `protected: true` from the environment in holdfast.config.ts first, in a change of its own that others can see',
    exit: exitCode.wrongUse,
  });
}
