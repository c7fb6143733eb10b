import type { Claim } from '../../ports/leadership.ts';
import type { Member } from '../../ports/warden.ts';

/** What the guardian knows of one cluster when it decides. */
export interface Sight {
  /** Milliseconds since 1970. */
  readonly now: number;
  /** As they were just now; with the one of {@link led} also if it is gone. */
  readonly members: readonly Member[];
  /** Ids of members whose death the engine told, and nobody has seen yet. */
  readonly heard: ReadonlySet<string>;
  /** Who led when the store was asked before all this, undefined where it was none of these members. */
  readonly led?: Led | undefined;
  /** What was read last of who leads; undefined as long as nothing was. */
  readonly read?: Reading | undefined;
  /** Since when the store does not answer. */
  readonly silentSince?: number | undefined;
  /** Since when nobody leads. */
  readonly leaderlessSince?: number | undefined;
  /** Ids of members whose address could not be taken. */
  readonly outOfReach: ReadonlySet<string>;
  /** Ids of members that somebody stopped on purpose. */
  readonly onPurpose: ReadonlySet<string>;
  /** Whether a release is under way, which starts and stops members itself; undefined as long as nobody asked. */
  readonly releasing?: boolean | undefined;
  /** When the guardian started members, by name. */
  readonly starts: ReadonlyMap<string, readonly number[]>;
}

/** A member that was there, as the same container, before and after it was read that it leads, and by which revision. */
export interface Led {
  readonly member: Member;
  readonly revision: number;
}

/** What a claim found. */
export interface Reading extends Omit<Claim, 'lock'> {
  /** `left`: it was ours, and no longer is. */
  readonly lock: Claim['lock'] | 'left';
  /** Ids of the members of whose death it was known before it was read: none of them has come to lead since. */
  readonly dead: ReadonlySet<string>;
}

/** One thing that the guardian does. All that it decides on at once may be done at once. */
export type Step =
  | { readonly do: 'fence' | 'take-address' | 'give-address-back' | 'start'; readonly member: Member }
  | { readonly do: 'claim' | 'release' | 'ask' }
  | { readonly do: 'depose'; readonly member: Member; readonly revision: number }
  /** In milliseconds. */
  | { readonly do: 'wait'; readonly for: 'the lock' | 'a leader' | 'the store'; readonly time: number };
