import type * as z from 'zod/mini';
import type { Json } from '../../kit/json.ts';

/** One thing that can be said of a subject of which the facts `F` are known. Pure. */
export interface Matcher<F, A extends readonly (Json | undefined)[] = []> {
  /** As a person says it, beginning with a verb: `has mode 0644`. */
  says(...given: A): string;
  /** The opposite, where it does not follow from the verb: `cannot log in`. */
  denies?(...given: A): string;
  /** What may be given; absent where the matcher takes nothing. */
  readonly takes?: readonly z.ZodMiniType[];
  holds(facts: F, ...given: A): boolean;
  /** What there is, in words: `mode 0600`. */
  found(facts: F, ...given: A): string;
  /** Says that the subject is there, and nothing more: what is missing can be denied by this one alone. */
  readonly isOfPresence?: boolean;
  /** The fact that it looks at, where that is one which may be absent. */
  readonly reads?: string & keyof F;
  /** Why that is absent, where it can be told. Default: nobody looked at it. */
  unread?(facts: F): string;
}

/** What was seen of a subject. */
export type Looked<F> =
  | { readonly facts: F }
  /** It is known not to be there. */
  | { readonly missing: string }
  /** Nobody could look: whatever is said of it fails, and so does its negation. */
  | { readonly unknown: string };
