import { type DerivedAssertion, follows } from '../derived.ts';
import type { DeclaredImage } from '../subjects.ts';

const image = { type: 'image' } as const;

/** What nobody declares in an image, and what would be worth much to an intruder. */
export const nothingElse = (_: DeclaredImage): readonly DerivedAssertion[] => [
  follows('who has an image has all that is in it', image, 'hasNoSecret'),
  follows('no image declares such a file', image, 'hasNoStraySetId'),
  follows('no image declares such a path', image, 'hasNoWorldWritable'),
];
