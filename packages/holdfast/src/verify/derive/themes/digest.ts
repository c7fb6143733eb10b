import { type DerivedAssertion, follows } from '../derived.ts';
import type { DeclaredImage, DeclaredService } from '../subjects.ts';

/** What was released is what runs. */
export function digestOfService({ image }: DeclaredService): readonly DerivedAssertion[] {
  const from = image?.released.startedFrom;
  if (from === undefined) return [];
  return [follows(`image ${image?.name} was released with this digest`, { type: 'container' }, 'runsImage', from)];
}

export function digestOfImage({ name, released: { digest } }: DeclaredImage): readonly DerivedAssertion[] {
  return digest === undefined
    ? []
    : [follows(`image ${name} was released with this digest`, { type: 'image' }, 'hasDigest', digest)];
}
