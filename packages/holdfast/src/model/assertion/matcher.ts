import type * as z from 'zod/mini';

/** What a matcher can be given. */
export type Expected = string | number | undefined;

/** One thing that can be said of a subject of which the facts `F` are known. Pure. */
export interface Matcher<F, E extends Expected = undefined> {
  /** As a person says it, beginning with a verb: `has mode 0644`. */
  says(expected: E): string;
  /** What may be given; absent where the matcher takes nothing. */
  readonly takes?: z.ZodMiniType;
  holds(facts: F, expected: E): boolean;
  /** What there is, in words: `mode 0600`. */
  found(facts: F, expected: E): string;
  /** Says that the subject is there, and nothing more: what is missing can be denied by this one alone. */
  readonly isOfPresence?: boolean;
}

/** What was seen of a subject. */
export type Looked<F> =
  | { readonly facts: F }
  /** It is known not to be there. */
  | { readonly missing: string }
  /** Nobody could look: whatever is said of it fails, and so does its negation. */
  | { readonly unknown: string };
