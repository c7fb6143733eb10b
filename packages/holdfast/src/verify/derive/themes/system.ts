import { undeclared } from '../../../model/undeclared.ts';
import type { DerivedAssertion } from '../derived.ts';
import type { DeclaredImage } from '../subjects.ts';

/** What nobody declares in an image is not in it. */
export const nothingElse = (_: DeclaredImage): readonly DerivedAssertion[] =>
  undeclared.map(({ assertion, because }) => ({ ...assertion, derivedFrom: because }));
