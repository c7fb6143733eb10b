import type { FactsOf } from '../../model/assertion/facts/facts-of.ts';
import type { Looked } from '../../model/assertion/matcher.ts';
import type { SubjectSpec, SubjectType } from '../../model/spec/subject-spec.ts';
import type { Seen } from '../provider.ts';

/**
 * By what something is looked at, the cheapest first: the layers of an image, `/proc` of the engine's host, a session
 * inside, from outside, or the API of an engine.
 */
export const tiers = ['layers', 'proc', 'session', 'outside', 'api'] as const;
export type Tier = (typeof tiers)[number];

/** A subject of which facts are asked for. */
export interface Asked {
  readonly of: SubjectSpec;
  /** Names of those of its facts that are read only where something is said of them. */
  readonly wanted: ReadonlySet<string>;
  /** How long it may take, in milliseconds; left out, as long as who looks has patience. */
  readonly within?: number;
}

/** What was seen of a subject, and in which way. */
export type Sight =
  | {
      readonly looked: Looked<FactsOf[SubjectType]>;
      readonly tier: Tier;
      /** When, in milliseconds since 1970. */
      readonly at: number;
      /** How long it took; what was read together says the same. */
      readonly milliseconds: number;
    }
  /** It can't be seen in this way; another one may tell. */
  | { readonly elsewhere: string };

export type Sights = ReadonlyMap<SubjectSpec, Sight>;

/**
 * Looks at subjects of a target in one way, without changing them.
 *
 * A look sees each subject once, as it is now: what must be so *eventually* is looked at again by who asks, and each look
 * stands for itself. Every subject that is asked for has a sight. Never throws for what a target is or does: one that has
 * ended, hangs, floods or lies costs bounded memory and time, and its subjects are `unknown`, with a reason. Throws for an
 * abort of the signal, and a Problem where the engine can't be reached at all.
 */
export interface Looker<T = Seen> {
  readonly tier: Tier;
  /** Whether many subjects are seen in one go, which costs hardly more than one, and is over for all of them at once. */
  readonly isTogether: boolean;
  /** Whether subjects of the kind can be seen in this way at all. Pure. */
  sees(of: SubjectSpec): boolean;
  look(target: T, asked: readonly Asked[], signal: AbortSignal): Promise<Sights>;
}
