import { iso } from '../../kit/clock.ts';
import { exitCode, Problem } from '../../kit/problem.ts';
import { type Address, nameIn } from '../../model/address.ts';
import type { Seen } from '../../ports/provider.ts';
import type { Match } from './match.ts';
import type { Cancelled, Retained, Scheduled } from './plan.ts';
import type { PlanInput } from './plan-input.ts';

/** What becomes of data that is no longer declared. */
export interface DataRemovals {
  readonly destroyed: ReadonlySet<Seen>;
  /** Of these, what goes without being named again: its grace period is over. */
  readonly overdue: ReadonlySet<Seen>;
  readonly retained: readonly Retained[];
  /** Of what stays, what a person has named now to be destroyed later. */
  readonly scheduled: readonly Scheduled[];
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
  const { destroy, facts, addressOf, destructions } = parts;
  const isNamed = (seen: Seen): boolean => destroy === 'all' || destroy.has(nameIn(addressOf(seen)));
  refuseWhereProtected(data.filter(isNamed), facts);
  const isAtOnce = facts.grace === 0 || destroy === 'all';
  const overdue = new Set(destroy === 'all' ? [] : data.filter(seen => isOverdue(seen, parts)));
  const destroyed = new Set(data.filter(seen => overdue.has(seen) || (isAtOnce && isNamed(seen))));
  const staying = data.filter(seen => !destroyed.has(seen));
  const cancelled = cancelledIn(staying, matches, parts);
  const ends = (seen: Seen): string | undefined =>
    cancelled.some(({ uid }) => uid === uidOf(seen)) ? undefined : destructions.scheduled.get(uidOf(seen))?.due;
  const scheduled = staying
    .filter(seen => isNamed(seen) && ends(seen) === undefined)
    .map(seen => scheduledNow(seen, addressOf(seen), parts));
  const begins = new Map(scheduled.map(({ uid, due }) => [uid, due]));
  const retained = staying.map(seen => ({ ...seen, ...dueIn(begins.get(uidOf(seen)) ?? ends(seen)) }));
  return { destroyed, overdue, retained, scheduled, cancelled };
}

const uidOf = ({ birth }: Seen): string => birth?.uid ?? '';

const dueIn = (due: string | undefined): Pick<Retained, 'due'> => (due === undefined ? {} : { due });

const isOverdue = (seen: Seen, { facts, destructions: { scheduled, now, overdueGoes } }: Parts): boolean =>
  overdueGoes && !facts.protected && Date.parse(scheduled.get(uidOf(seen))?.due ?? '') <= now;

const scheduledNow = (seen: Seen, address: Address, { facts: { grace }, destructions: { now } }: Parts): Scheduled => ({
  uid: uidOf(seen),
  address,
  kind: seen.kind,
  engine: seen.engine,
  due: iso(now + grace),
  grace,
});

/** What is declared again stays, and what is called off; and all, where nothing may be destroyed any more. */
function cancelledIn(staying: readonly Seen[], matches: readonly Match[], parts: Parts): readonly Cancelled[] {
  const { facts, destructions, addressOf } = parts;
  const declared = matches.flatMap(({ seen, wanted }) => (seen ? [{ uid: uidOf(seen), address: wanted.address }] : []));
  const left = staying
    .filter(seen => facts.protected || destructions.calledOff.has(uidOf(seen)))
    .map(seen => ({ uid: uidOf(seen), address: addressOf(seen) }));
  return [...declared, ...left].filter(({ uid }) => destructions.scheduled.has(uid));
}

function refuseWhereProtected(named: readonly Seen[], { name, protected: isProtected }: PlanInput['facts']): void {
  if (!isProtected || named.length === 0) return;
  throw new Problem({
    what: `environment "${name}" is protected: ${named.map(seen => seen.name).join(', ')} can't be destroyed`,
    why: 'it holds data that nothing else has',
    fix: 'take `protected: true` from the environment in holdfast.config.ts first, in a change of its own that others can see',
    exit: exitCode.wrongUse,
  });
}
