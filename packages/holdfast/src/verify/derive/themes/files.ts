import { sha256 } from '../../../kit/hash.ts';
import type { FileSpec } from '../../../model/spec/service-spec.ts';
import { type DerivedAssertion, follows } from '../derived.ts';
import type { DeclaredService } from '../subjects.ts';
import { plainText } from './plain-text.ts';

/** Files that are declared are there as they are declared; what is a secret is not compared. */
export const files = ({ name, spec }: DeclaredService): readonly DerivedAssertion[] =>
  Object.entries(spec.files).flatMap(([path, file]) => fileAt(`service ${name} declares this file`, path, file));

function fileAt(because: string, path: string, { content, mode, owner }: FileSpec): readonly DerivedAssertion[] {
  const of = { type: 'file', path } as const;
  const text = plainText(content);
  return [
    follows(because, of, 'hasMode', mode),
    follows(because, of, 'isOwnedBy', owner),
    ...(text === undefined ? [] : [follows(because, of, 'hasSha256', sha256(text))]),
  ];
}
