import type { Matchers } from '../../model/assertion/matchers.ts';
import type { SubjectOf, SubjectType } from '../../model/spec/check-spec.ts';
import type { Sabotage } from './sabotage.ts';

/** Knows how to make red what one matcher says of subjects of one type. Pure. */
export interface Saboteur<T extends SubjectType, A extends readonly unknown[]> {
  /** Where it is said to be so: makes it otherwise. */
  claimed(of: SubjectOf<T>, ...given: A): Sabotage;
  /** Where it is said not to be so: makes it so. */
  denied(of: SubjectOf<T>, ...given: A): Sabotage;
}

type GivenTo<M> = M extends { says(...given: infer A): string } ? A : never;

/** One for each matcher of a type. */
export type SaboteursOf<T extends SubjectType> = {
  readonly [M in keyof Matchers[T]]: Saboteur<T, GivenTo<Matchers[T][M]>>;
};
