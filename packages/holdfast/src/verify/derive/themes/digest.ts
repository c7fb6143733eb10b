import { type DerivedAssertion, follows } from '../derived.ts';
import type { DeclaredImage, DeclaredService } from '../subjects.ts';

/** What was released is what runs. */
export function digestOfService({ image }: DeclaredService): readonly DerivedAssertion[] {
  const digest = image?.released.digest;
  if (digest === undefined) return [];
  return [follows(`image ${image?.name} was released with this digest`, { type: 'container' }, 'runsImage', digest)];
}

export function digestOfImage({ name, released: { digest } }: DeclaredImage): readonly DerivedAssertion[] {
  return digest === undefined
    ? []
    : [follows(`image ${name} was released with this digest`, { type: 'image' }, 'hasDigest', digest)];
}
