import type { Envelope, FactDraft, LeaseOwner, StoredFact } from './fact.ts';

/**
 * What happened, append-only. Several processes may write at once; the store alone puts them in one order. Every
 * implementation passes `journal/conformance/journal.ts`.
 */
export interface Journal extends AsyncDisposable {
  /** Durable, in this order and without another writer's between them, when it resolves. */
  append(facts: readonly FactDraft[]): Promise<void>;

  /** In order of `seq`, or newest first. Reads pages: nothing holds the whole journal in memory. */
  read(query?: FactQuery): AsyncIterable<StoredFact>;

  /** The same without payloads, which are not even loaded: a release's holds the whole model. */
  envelopes(query?: FactQuery): AsyncIterable<Envelope>;

  /** All after `seq`, then each new one as it comes, until the signal. Other processes' facts too. */
  follow(after: number, signal: AbortSignal): AsyncIterable<StoredFact>;

  /** The newest fact's place; 0 for an empty journal. */
  head(): Promise<number>;

  /** Walks the whole chain. Never throws for a broken one: it says where and what. */
  verify(): Promise<Verification>;

  /** Takes a payload away for good and says why; the chain stays whole. */
  redact(seq: number, reason: string): Promise<void>;

  readonly leases: Leases;
}

export interface FactQuery {
  /** Exclusive. */
  readonly after?: number;
  readonly before?: number;
  readonly kinds?: readonly string[];
  readonly system?: string;
  readonly environment?: string;
  readonly release?: string;
  readonly newestFirst?: boolean;
  readonly limit?: number;
}

export type Verification =
  | { readonly whole: true; readonly facts: number; readonly head: string; readonly signedBy: readonly string[] }
  | { readonly whole: false; readonly facts: number; readonly at: number; readonly reason: string };

/** At most one holder a name, with a token that only ever grows. */
export interface Leases {
  /**
   * Takes the lease where it is free, expired, or its owner is a dead process of this host; else says who has it.
   * `lasting` is in milliseconds.
   */
  take(name: string, owner: LeaseOwner, lasting: number): Promise<LeaseAnswer>;
  /** False when the lease is no longer the token's. One that expired and that nobody took is still the token's. */
  renew(name: string, token: number, lasting: number): Promise<boolean>;
  /** False when the lease is no longer the token's, or expired. Cheap: asked before each effect. */
  holds(name: string, token: number): Promise<boolean>;
  /** Gives it up; nothing happens when it is no longer the token's. */
  leave(name: string, token: number): Promise<void>;
  /** Who has it at this moment; undefined where it is free to be taken. */
  holder(name: string): Promise<Holder | undefined>;
  /** How another thread or process comes to the same leases with a connection of its own. */
  readonly door: LeaseDoor;
}

export interface Holder {
  readonly owner: LeaseOwner;
  /** Milliseconds since 1970, by the clock that the store goes by. */
  readonly expires: number;
}

/** A module's URL whose `openLeases(location)` is a `(location: string) => Promise<Leases>`. */
export interface LeaseDoor {
  readonly module: string;
  readonly location: string;
}

export type LeaseAnswer =
  | { readonly taken: true; readonly token: number; readonly from?: LeaseOwner }
  | { readonly taken: false; readonly holder: LeaseOwner; readonly expires: number };
