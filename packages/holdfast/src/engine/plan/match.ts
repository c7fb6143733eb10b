import type { Address } from '../../model/address.ts';
import { engineName, type Scope } from '../../model/identity.ts';
import type { InstanceState } from '../../ports/desires.ts';
import type { Desired, Difference, Provider, Seen } from '../../ports/provider.ts';
import type { Being, Wanted } from '../desire/wanted.ts';
import type { Names } from '../observe/names.ts';
import { isInstance, isOurs } from '../observe/world.ts';
import { append } from './order.ts';

/** What is wanted beside what is there for it. */
export interface Match {
  readonly wanted: Wanted;
  readonly fate: 'create' | 'keep' | 'change' | 'replace';
  readonly desired: Desired;
  /** The object itself as it is now: absent for a new one. */
  readonly seen?: Seen;
  readonly differences: readonly Difference[];
  /** Objects in its place that must go once it is there: what it replaces, what an interrupted run left. */
  readonly leftovers: readonly Seen[];
  /** The address that the object was known by, when it is another. */
  readonly formerly?: Address;
}

export interface Matcher {
  readonly scope: Scope;
  readonly provider: (kind: string, engine: string) => Provider;
  readonly newUid: (address: Address) => string;
  readonly index: SeenIndex;
}

/** How many finished runs of a task are kept, so that going back finds its own. */
const finishedKept = 3;

/** Finds the object that is the wanted one, and says what becomes of it. Pure. */
export function match(wanted: Wanted, matcher: Matcher): Match {
  const provider = matcher.provider(wanted.kind, wanted.engine);
  const found = candidates(wanted, provider, matcher).map(seen => compared(wanted, seen, provider, matcher));
  const best = found.toSorted(byFitness)[0];
  if (!best) return newcomer(wanted, undefined, [], matcher);
  const others = leftoversOf(
    wanted,
    found.filter(one => one !== best).map(one => one.seen),
  );
  const mustGo = best.differences.filter(difference => difference.mend === 'replace');
  if (mustGo.length > 0) return newcomer(wanted, best, others, matcher);
  return { wanted, ...best, fate: best.differences.length > 0 ? 'change' : 'keep', leftovers: others };
}

/** Those in its place; else one of others that serves, such as an image that somebody else published. */
function candidates(wanted: Wanted, provider: Provider, { index }: Matcher): readonly Seen[] {
  const ours = index.ours(wanted);
  if (ours.length > 0 || !provider.find) return ours;
  const served = provider.find(desire(wanted, { uid: '', bornAs: wanted.address }, ''), index.ofKind(wanted));
  return served ? [served] : [];
}

interface Compared {
  readonly seen: Seen;
  readonly desired: Desired;
  readonly differences: readonly Difference[];
  readonly formerly?: Address;
}

function compared(wanted: Wanted, seen: Seen, provider: Provider, matcher: Matcher): Compared {
  const birth = seen.birth ?? { uid: '', bornAs: wanted.address };
  const desired = desire(wanted, { ...birth, seen }, nameOfKept(wanted, seen, birth.uid, matcher.scope));
  const known = matcher.index.addressOf(seen);
  return {
    seen,
    desired,
    differences: provider.differences(desired, seen),
    ...(known !== wanted.address && known && { formerly: known }),
  };
}

/** Instances are called by their present address; what can't be renamed keeps the name that it has. */
const nameOfKept = (wanted: Wanted, seen: Seen, uid: string, scope: Scope): string =>
  wanted.kind === 'instance' ? engineName(scope, wanted.address, uid) : seen.name;

function desire(wanted: Wanted, being: Being, name: string): Desired {
  return {
    address: wanted.address,
    kind: wanted.kind,
    engine: wanted.engine,
    uid: being.uid,
    name,
    spec: wanted.spec(being),
  };
}

function newcomer(wanted: Wanted, instead: Compared | undefined, others: readonly Seen[], matcher: Matcher): Match {
  const uid = matcher.newUid(wanted.address);
  const being = { uid, bornAs: wanted.address, ...(instead && { predecessor: instead.seen }) };
  const desired = desire(wanted, being, engineName(matcher.scope, wanted.address, uid));
  if (!instead) return { wanted, desired, fate: 'create', differences: [], leftovers: [] };
  const old = wanted.role.is === 'task' ? leftoversOf(wanted, [instead.seen, ...others]) : [instead.seen, ...others];
  return { wanted, desired, fate: 'replace', differences: instead.differences, leftovers: old };
}

/** The one with the least to mend; among equals the running one, then the one that started last. */
const byFitness = (a: Compared, b: Compared): number => cost(a) - cost(b) || startedAt(b.seen) - startedAt(a.seen);

const cost = ({ differences, seen }: Compared): number =>
  differences.filter(({ mend }) => mend === 'replace').length * 100 + differences.length * 2 + (isUp(seen) ? 0 : 1);

const isUp = (seen: Seen): boolean => isInstance(seen) && seen.state.running;
const startedAt = (seen: Seen): number => (isInstance(seen) ? (seen.state.startedAt ?? 0) : 0);

/** Finished tasks are a record: the newest stay. Everything else that is in the place goes. */
function leftoversOf(wanted: Wanted, others: readonly Seen[]): readonly Seen[] {
  if (wanted.role.is !== 'task') return others;
  const finished = others.filter(seen => (seen.state as InstanceState).exitCode === 0);
  const kept = finished.toSorted((a, b) => startedAt(b) - startedAt(a)).slice(0, finishedKept);
  return others.filter(seen => !kept.includes(seen));
}

/** What is there, by the address that it is known by. */
export class SeenIndex {
  readonly #byAddress = new Map<string, Seen[]>();
  readonly #byFormerAddress = new Map<string, Seen[]>();
  readonly #claimed = new Set<Seen>();
  readonly #names: Names;
  readonly #all: readonly Seen[];

  constructor(seen: readonly Seen[], names: Names, wanted: readonly Wanted[]) {
    this.#all = seen;
    this.#names = names;
    const asked = new Set(wanted.flatMap(({ address, formerly }) => [address, ...formerly]));
    for (const one of seen.filter(isOurs)) {
      const known = this.addressOf(one) ?? one.birth.bornAs;
      append(this.#byAddress, `${one.engine} ${known}`, one);
      if (asked.has(known)) continue;
      for (const former of names.before(one)) append(this.#byFormerAddress, `${one.engine} ${former}`, one);
    }
  }

  addressOf(seen: Seen): Address | undefined {
    return this.#names.of(seen);
  }

  /**
   * Objects of ours in the place of the wanted one, under its name or a former one. Where there are none: those that
   * had its name once and whose present name nobody asks for, so that going back over a rename finds them. Each is
   * given out once.
   */
  ours({ address, formerly, engine }: Wanted): readonly Seen[] {
    const known = [address, ...formerly].flatMap(name => this.#byAddress.get(`${engine} ${name}`) ?? []);
    const found = known.length > 0 ? known : (this.#byFormerAddress.get(`${engine} ${address}`) ?? []);
    const free = found.filter(seen => !this.#claimed.has(seen));
    for (const seen of free) this.#claimed.add(seen);
    return free;
  }

  ofKind({ kind, engine }: Pick<Wanted, 'kind' | 'engine'>): readonly Seen[] {
    return this.#all.filter(seen => seen.kind === kind && seen.engine === engine);
  }

  /** Objects of ours that nothing asked for. */
  unclaimed(): readonly Seen[] {
    return this.#all.filter(seen => isOurs(seen) && !this.#claimed.has(seen));
  }

  notOurs(): readonly Seen[] {
    return this.#all.filter(seen => !isOurs(seen));
  }
}
