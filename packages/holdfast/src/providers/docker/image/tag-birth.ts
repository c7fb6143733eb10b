import { address } from '../../../model/address.ts';
import type { Scope } from '../../../model/identity.ts';
import type { ImageDesire } from '../../../ports/desires.ts';
import type { Birth, Desired } from '../../../ports/provider.ts';
import { nameAndTag } from './reference.ts';

/**
 * Who an image is, as a tag tells. What is baked has the same digest in every environment, and so can't carry labels of
 * one: beside the reference it has a tag with its uid and its inputs.
 */
export interface TagBirth {
  /** The tag itself. */
  readonly tag: string;
  /** What instances name. */
  readonly reference: string;
  readonly scope: Scope;
  readonly birth: Birth;
  readonly inputs: string;
}

const form = /^(holdfast\/([^/:]+)\/([^/:]+)\/([^/:]+)):uid-([a-z0-9]+)-([0-9a-f]{64})$/;

export const birthTag = ({ uid, spec }: Desired<ImageDesire>): string =>
  `${nameAndTag(spec.reference).repo}:uid-${uid}-${spec.inputs}`;

export function tagBirth(tag: string): TagBirth | undefined {
  const [, repository = '', system = '', environment = '', name = '', uid = '', inputs = ''] = form.exec(tag) ?? [];
  if (!uid) return undefined;
  const birth = { uid, bornAs: address('image', name) };
  return { tag, reference: `${repository}:${inputs.slice(0, 12)}`, scope: { system, environment }, birth, inputs };
}

export const tagBirths = (references: readonly string[]): readonly TagBirth[] =>
  references.flatMap(reference => tagBirth(reference) ?? []);

/** The tags that go with it, its own last: the reference, also under a later name, unless another needs it. */
export function ownTags({ tag, scope, inputs }: TagBirth, references: readonly string[]): readonly string[] {
  const others = new Set(tagBirths(references.filter(one => one !== tag)).map(({ reference }) => reference));
  const isOwn = (reference: string) =>
    reference.startsWith(`holdfast/${scope.system}/${scope.environment}/`) &&
    reference.endsWith(`:${inputs.slice(0, 12)}`);
  return [...references.filter(reference => isOwn(reference) && !others.has(reference)), tag];
}
