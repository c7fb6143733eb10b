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
}

/** The places of what a check is of, or why there is none. */
export type Places = { readonly places: readonly Place[] } | { readonly nowhere: string };
