import { nearest } from '../../kit/nearest.ts';
import type { Share } from '../../kit/percentage.ts';
import { exitCode, Problem } from '../../kit/problem.ts';
import type { Address } from '../../model/address.ts';
import type { Ceiling } from './graph.ts';

/** What of a promise says what it rests on. */
export interface PromiseTarget {
  /** What a request passes; what that needs in turn is found. */
  readonly measured: readonly Address[];
  /** Upstreams, and other promises. */
  readonly given: readonly Address[];
  /** Upstreams that may be away: they take no part. */
  readonly survives: readonly Address[];
  /** The team on call. */
  readonly by?: Address;
  /** What it promises, and so all that others may count on. */
  readonly objective?: Share;
}

/** What is promised by all that a promise is given, by what that is given, and so on. */
export function ceilingsBelow(given: readonly Address[], promises: Promises = new Map()): readonly Ceiling[] {
  const found = new Set(given);
  for (const id of found) for (const below of promises.get(id)?.given ?? []) found.add(below);
  return [...found].flatMap(id => {
    const objective = promises.get(id)?.objective;
    return objective ? [{ id, objective }] : [];
  });
}

export type Promises = ReadonlyMap<Address, PromiseTarget>;

/** What a promise is given leads back to it: neither would hold without the other, so neither holds by anything. */
export const circle = (path: readonly Address[]): Problem =>
  new Problem({
    what: `${path[0]} leads back to itself: ${path.join(' → ')}`,
    why: 'each is promised only as long as the next one is, so that none of them rests on anything',
    fix: 'take one of them out of what the one before it is given or needs',
    exit: exitCode.wrongUse,
  });

export function unknown(address: Address, known: readonly Address[]): Problem {
  const near = nearest(address, known);
  return new Problem({
    what: `a promise rests on ${address}, which the system does not declare`,
    why: 'what it can promise at best follows from all that it rests on',
    fix: near ? `${near} is declared: name that, or declare what is missing` : 'declare it, or leave it out',
    exit: exitCode.wrongUse,
  });
}
