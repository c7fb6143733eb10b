import type { Address } from '../model/address.ts';
import type { Scope } from '../model/identity.ts';

/** One object that ought to be on an engine. */
export interface Desired<S = unknown> {
  readonly address: Address;
  readonly kind: string;
  readonly engine: string;
  /** Decided before the object exists, and stamped on it. */
  readonly uid: string;
  /** What it is to be called on its engine. */
  readonly name: string;
  readonly spec: S;
}

/** One object as read from an engine. */
export interface Seen<T = unknown> {
  readonly kind: string;
  readonly engine: string;
  /** The engine's own id. */
  readonly id: string;
  readonly name: string;
  /** Who it is, when it is of ours and of the scope that was asked for. */
  readonly birth?: Birth;
  /** Whose it is, when it is of another system or environment that Holdfast keeps. */
  readonly owner?: Scope;
  /** What was read, as plain data without secrets. */
  readonly state: T;
  /** Ids of what it is attached to: those can't go before it. */
  readonly uses?: readonly string[];
  /**
   * Ids of the instances in which it is, where it is inside of some: a database in its servers. Where all of them go, it
   * goes or stays with their volumes, and nothing is done about it alone.
   */
  readonly within?: readonly string[];
  /** In words, for people: `container nginx:1.25, up 3 days`. */
  readonly about: string;
  /** Whether it holds data that nothing else has. */
  readonly holdsData?: boolean;
}

export interface Birth {
  readonly uid: string;
  readonly bornAs: Address;
}

/** One aspect that is not as declared. */
export interface Difference {
  /** `memory limit`, `image`, `network lan`. */
  readonly aspect: string;
  /** As found, in words; secrets never. */
  readonly found: string;
  readonly wanted: string;
  /** Whether the object can be changed as it stands, or another must take its place. */
  readonly mend: 'in-place' | 'replace';
}

/**
 * How one kind of object becomes real on one engine. Every implementation passes `ports/conformance/provider.ts`.
 *
 * Idempotent throughout: any call may follow a crash at any instruction of an earlier one. Nothing branches on what
 * was done before; what exists is read.
 */
export interface Provider<S = unknown, T = unknown> {
  readonly kind: string;

  /** Lists everything of the kind, ours and not ours, in as few calls as the engine allows. */
  observe(scope: Scope): Promise<readonly Seen<T>[]>;

  /**
   * For what can't carry a birth, such as an image that somebody else published: picks from all that was observed the
   * object that serves as the desired one. It is never removed by us. Pure.
   */
  find?(desired: Desired<S>, all: readonly Seen<T>[]): Seen<T> | undefined;

  /** What is not as declared. Pure. Empty when nothing is to be done. */
  differences(desired: Desired<S>, seen: Seen<T>): readonly Difference[];

  /** Creates the object, or brings each aspect that differs in line, and returns what it re-read. */
  ensure(desired: Desired<S>, seen: Seen<T> | undefined, signal: AbortSignal): Promise<Seen<T>>;

  /** Takes the object away. Not-found is success. */
  remove(seen: Seen<T>, signal: AbortSignal): Promise<void>;
}

/** The provider of a kind on an engine; throws a Problem when there is none. */
export type Providers = (kind: string, engine: string) => Provider;
