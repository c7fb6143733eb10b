import type { Address } from '../address.ts';

/** What is asserted of a target. */
export interface CheckSpec {
  readonly target: Address;
  /** At least one. */
  readonly assertions: readonly AssertionSpec[];
}

/** One thing that is said of one subject: `/app/server.js has mode 0644`. */
export interface AssertionSpec {
  readonly of: SubjectSpec;
  /** The name of a matcher of the subject's type. */
  readonly matcher: string;
  /** What the matcher was given, where it takes something. */
  readonly expected?: string | number;
  /** Whether it must not be so. */
  readonly negated: boolean;
}

/** What something is said of. */
export type SubjectSpec =
  | {
      readonly type: 'command';
      readonly command: readonly string[];
      /** Milliseconds until it must have ended. */
      readonly within: number;
    }
  | { readonly type: 'file'; readonly path: string }
  | { readonly type: 'user'; readonly name: string }
  | {
      readonly type: 'port';
      readonly port: number;
      /** Milliseconds until it must be so. */
      readonly within: number;
    }
  | {
      readonly type: 'http';
      readonly port: number;
      readonly path: string;
      /** Milliseconds until it must be so. */
      readonly within: number;
    };

export type SubjectType = SubjectSpec['type'];
export type SubjectOf<T extends SubjectType> = Extract<SubjectSpec, { type: T }>;
