import type Docker from 'dockerode';
import type { Scope } from '../../../model/identity.ts';
import type { Seen } from '../../../ports/provider.ts';
import type { DockerHost } from '../host/host.ts';
import { birthOf, strangerOf } from '../labels.ts';
import { referencesOf } from './reference.ts';

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
 * What is in the list, ours and not ours. Several images may carry the same labels, since what is built on an image
 * inherits them: the one that goes by the reference it was born with is ours, else the oldest that goes by none.
 */
export function seenImages(host: DockerHost, found: readonly Found[], scope: Scope): readonly Seen<DockerImageState>[] {
  const ours = new Map<string, Found>();
  for (const image of found.toSorted((a, b) => a.Created - b.Created)) {
    const uid = birthOf('image', image.Labels, scope)?.uid;
    if (uid && mayBeOurs(image) && !(ours.has(uid) && !hasOwnTag(image))) ours.set(uid, image);
  }
  const chosen = new Set(ours.values());
  return found
    .filter(image => chosen.has(image) || referencesOf(image).length > 0)
    .map(image => toSeen(host, image, scope, chosen.has(image)));
}

const hasOwnTag = (image: Found): boolean => referencesOf(image).includes(image.Labels?.[imageLabels.reference] ?? '');

const mayBeOurs = (image: Found): boolean => hasOwnTag(image) || referencesOf(image).length === 0;

function toSeen({ engine }: DockerHost, image: Found, scope: Scope, isOurs: boolean): Seen<DockerImageState> {
  const birth = isOurs ? birthOf('image', image.Labels, scope) : undefined;
  const references = referencesOf(image);
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
