import type { Address } from '../../model/address.ts';
import type { SubjectSpec } from '../../model/spec/check-spec.ts';
import type { Looker } from '../../ports/looking/looker.ts';

/** Where what a check says can be looked at: an instance of a service, an engine's machine, or the world outside. */
export interface Place<T = unknown> {
  /** For people: `web.2`. */
  readonly name: string;
  readonly target: T;
  /** Ways to look at it, the cheapest first. */
  readonly lookers: readonly Looker<T>[];
  /** Of the image that it runs, where it runs one. */
  readonly digest?: string;
  /** Sentences that were shown of the very same thing before, which can't become another: they are not looked at again. */
  readonly shown?: ReadonlySet<string>;
  /** Why a subject is not looked at now; undefined for one that is. */
  readonly leaves?: (of: SubjectSpec) => string | undefined;
}

/** The places of what a check is of. */
export type Places =
  | {
      readonly places: readonly Place[];
      /** Why there ought to be more of them: what is said of each does not hold then, whatever these look like. */
      readonly missing?: string;
    }
  /** It ought to be there, and is not: nothing that is said of it holds. */
  | { readonly gone: string }
  /** Nobody can look at it here, so nobody knows. */
  | { readonly nowhere: string };

export type FindPlaces = (target: Address) => Promise<Places>;
