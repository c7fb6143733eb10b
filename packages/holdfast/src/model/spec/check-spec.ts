import type { Json } from '../../kit/json.ts';
import type { Address } from '../address.ts';
import type { SubjectSpec } from './subject-spec.ts';

export type {
  Parser,
  PostgresPlace,
  RecordType,
  RequestSpec,
  SubjectOf,
  SubjectSpec,
  SubjectType,
} from './subject-spec.ts';

/** What is asserted of a target. */
export interface CheckSpec {
  /** `image/web`, `service/web`, `host/<engine>`, or {@link outsideAddress}. */
  readonly target: Address;
  /** At least one. */
  readonly assertions: readonly AssertionSpec[];
  /** What may be otherwise for a while. */
  readonly waivers?: readonly WaiverSpec[];
}

/** The target of a check of the system as its users see it: asked from where Holdfast runs. */
export const outsideAddress: Address = 'outside/system';

/** One thing that is said of one subject: `/app/server.js has mode 0644`. */
export interface AssertionSpec {
  readonly of: SubjectSpec;
  /** The name of a matcher of the subject's type. */
  readonly matcher: string;
  /** What the matcher was given, where it takes something. */
  readonly given?: readonly Json[];
  /** Whether it must not be so. */
  readonly negated: boolean;
}

/** A regular expression as plain data. */
export type PatternSpec = {
  readonly pattern: string;
  /** As JavaScript has them, without `g` and `y`. */
  readonly flags: string;
};

/** Somebody answers for it that something is not so yet. */
export interface WaiverSpec {
  /** The one sentence that it is about; absent where it is the whole check. */
  readonly sentence?: string;
  readonly owner: Address;
  readonly because: string;
  /** `YYYY-MM-DD`: the last day, in UTC, that it counts. */
  readonly until: string;
}
