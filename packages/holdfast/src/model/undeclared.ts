import type { AssertionSpec } from './spec/check-spec.ts';

/** Something that is in no image unless somebody says so. */
export interface Undeclared {
  readonly assertion: AssertionSpec;
  /** Why not, for people. */
  readonly because: string;
}

const image = { type: 'image' } as const;

const not = (matcher: string, because: string): Undeclared => ({
  assertion: { of: image, matcher, negated: false },
  because,
});

/** What nobody declares, and what whoever breaks in looks for. A check that says the opposite takes it in. */
export const undeclared: readonly Undeclared[] = [
  not('hasNoSecret', 'who has an image has all that is in it'),
  not('hasNoStraySetId', 'no image declares such a file'),
  not('hasNoWorldWritable', 'no image declares such a path'),
];
