import type { ProblemParts } from '../../kit/problem.ts';
import type { Address } from '../address.ts';
import type { Resource } from '../resource.ts';

/** What a declaration may know of the environment that it is made for. */
export interface Target {
  readonly name: string;
  /** `<system>.localhost` where none is given. */
  readonly domain?: string;
  /** CIDR that networks get their subnets from. */
  readonly subnets?: string;
  /** Names of its engines. */
  readonly engines?: readonly string[];
  /** Availabilities of their machines, by the names of the engines: those that somebody gave. */
  readonly hosts?: Readonly<Record<string, string>>;
  /** Names of all environments of the project. */
  readonly environments?: readonly string[];
}

/** A migration that was declared and waits for the service that it runs before. */
export interface Pending {
  readonly options: unknown;
  readonly at: string;
}

/** One system while it is being declared. */
export interface Declaration {
  readonly system: string;
  readonly target: Target;
  readonly resources: Resource[];
  /** Where each resource was declared first. */
  readonly places: Map<Address, string>;
  /** What was declared wrongly: nothing further is to be said about it. */
  readonly failed: Set<Address>;
  readonly pending: Map<string, Pending>;
  readonly problems: (ProblemParts | Error)[];
}

/**
 * The declaration context. It hangs on `globalThis` under a name that all copies of this package share, and holds
 * plain data, so that a composite which brings its own copy declares into the same system.
 */
export interface Slot {
  readonly format: 1;
  target?: Target;
  open?: Declaration;
  /** The system whose declaration ended last. */
  ended?: string;
}

const key = Symbol.for('holdfast.declaration');

export function slot(): Slot {
  const place = globalThis as unknown as { [key]?: Slot };
  place[key] ??= { format: 1 };
  return place[key];
}

/** Evaluates with the given environment as the one that systems are declared for. */
export function declaredFor<T>(target: Target, evaluate: () => T): T {
  const held = slot();
  const before = held.target;
  held.target = target;
  try {
    return evaluate();
  } finally {
    if (before) held.target = before;
    else delete held.target;
  }
}
