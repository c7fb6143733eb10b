import type Docker from 'dockerode';
import type { Scope } from '../../../model/identity.ts';
import type { Seen } from '../../../ports/provider.ts';
import type { DockerHost } from '../host/host.ts';
import { birthOf, isOfWorkshop, ofOther, strangerOf } from '../labels.ts';
import { referencesOf } from './reference.ts';
import { type TagBirth, tagBirths } from './tag-birth.ts';

export interface DockerImageState {
  /** All that the image goes by on its engine: tags, and names with a digest. */
  readonly references: readonly string[];
  /** The digest of the sources that an image of ours was made from. */
  readonly inputs?: string;
}

/** Labels that images of ours carry besides those of every object. */
export const imageLabels = { inputs: 'holdfast.inputs', reference: 'holdfast.reference' } as const;

type Found = Docker.ImageInfo;

/**
 * What is in the list, ours and not ours. What was baked is once there for each birth that its tags tell. Of those with
 * labels several images may carry the same, since what is built on an image inherits them: the one that goes by the
 * reference it was born with is ours, else the oldest that goes by none.
 */
export function seenImages(host: DockerHost, found: readonly Found[], scope: Scope): readonly Seen<DockerImageState>[] {
  const listed = found.filter(image => !isOfWorkshop(image));
  const chosen = bornByLabels(listed, scope);
  return listed.flatMap(image => [
    ...tagBirths(referencesOf(image)).map(birth => bornByTag(host, image, birth, scope)),
    ...(chosen.has(image) || freeReferences(image).length > 0 ? [toSeen(host, image, scope, chosen.has(image))] : []),
  ]);
}

function bornByLabels(listed: readonly Found[], scope: Scope): ReadonlySet<Found> {
  const ours = new Map<string, Found>();
  for (const image of listed.toSorted((a, b) => a.Created - b.Created)) {
    const uid = birthOf('image', image.Labels, scope)?.uid;
    if (uid && mayBeOurs(image) && !(ours.has(uid) && !hasOwnTag(image))) ours.set(uid, image);
  }
  return new Set(ours.values());
}

const hasOwnTag = (image: Found): boolean =>
  freeReferences(image).includes(image.Labels?.[imageLabels.reference] ?? '');

const mayBeOurs = (image: Found): boolean => hasOwnTag(image) || referencesOf(image).length === 0;

/** What it goes by apart from the tags of those that its tags tell of. */
function freeReferences(image: Found): readonly string[] {
  const references = referencesOf(image);
  const taken = new Set(tagBirths(references).flatMap(({ tag, reference }) => [tag, reference]));
  return references.filter(reference => !taken.has(reference));
}

function bornByTag(
  { engine }: DockerHost,
  image: Found,
  { birth, inputs, reference, scope: owner }: TagBirth,
  scope: Scope,
): Seen<DockerImageState> {
  const isOurs = owner.system === scope.system && owner.environment === scope.environment;
  const about = `image ${reference}`;
  return {
    kind: 'image',
    engine,
    id: image.Id,
    name: reference,
    state: { references: referencesOf(image), inputs },
    ...(isOurs ? { birth, about } : ofOther(owner, about)),
  };
}

function toSeen({ engine }: DockerHost, image: Found, scope: Scope, isOurs: boolean): Seen<DockerImageState> {
  const birth = isOurs ? birthOf('image', image.Labels, scope) : undefined;
  const references = birth ? referencesOf(image) : freeReferences(image);
  const inputs = birth && image.Labels?.[imageLabels.inputs];
  const name = (birth && image.Labels?.[imageLabels.reference]) ?? references[0] ?? image.Id;
  const about = `image ${name}`;
  return {
    kind: 'image',
    engine,
    id: image.Id,
    name,
    ...(birth && { birth }),
    state: { references, ...(inputs && { inputs }) },
    ...(birth ? { about } : strangerOf('image', image.Labels, about)),
  };
}
