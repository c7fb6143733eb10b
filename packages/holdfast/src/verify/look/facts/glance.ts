import type { FactsOf } from '../../../model/assertion/facts/facts-of.ts';
import type { SubjectType } from '../../../model/spec/subject-spec.ts';
import type { Unseen } from '../../../ports/looking/snapshot.ts';

/** What is known of one subject from one look, or why it is not. */
export type Glance<F> = { readonly facts: F } | Unseen;

export type AnyGlance = Glance<FactsOf[SubjectType]>;
