import { canonical } from '../../kit/json.ts';
import { factsWanted, judge } from '../../model/assertion/judge.ts';
import type { AssertionSpec, SubjectSpec, SubjectType } from '../../model/spec/check-spec.ts';
import type { Asked, Sight } from '../../ports/looking/looker.ts';

/** All that is said of one subject: it is looked at once. */
export interface Subject {
  readonly of: SubjectSpec;
  /** At least one. */
  readonly said: readonly AssertionSpec[];
}

/** What is said by subject, however many checks say it. */
export const subjectsOf = (said: readonly AssertionSpec[]): readonly Subject[] =>
  [...Map.groupBy(said, ({ of }) => canonical(of)).values()].flatMap(all =>
    all[0] ? [{ of: all[0].of, said: all }] : [],
  );

export const askedOf = ({ of, said }: Subject, within?: number): Asked => ({
  of,
  wanted: factsWanted(said),
  ...(within !== undefined && { within }),
});

/** Whether all that is said of it is so. */
export const holdsFor = ({ said }: Subject, sight: Sight): boolean =>
  'looked' in sight && said.every(assertion => judge(assertion, sight.looked).ok);

const growing: ReadonlySet<SubjectType> = new Set(['listening', 'processes']);

/** Whether it is all that there is of something of which there may be more in a moment. */
export const isGrowing = ({ of }: Subject): boolean => growing.has(of.type);

/** Whether nothing is said of it but what must not be. */
export const isDenied = ({ said }: Subject): boolean => said.every(({ negated }) => negated);
