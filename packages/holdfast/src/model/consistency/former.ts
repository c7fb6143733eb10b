import { address } from '../address.ts';
import { subject } from '../declaration/handle.ts';
import { addressOf, type Resource } from '../resource.ts';
import type { Check } from './across.ts';

/** Former names that are still in use, or that two resources claim. */
export const former: Check = ({ resources }) => {
  const present = new Map(resources.map(resource => [addressOf(resource), resource]));
  const claims = new Map<string, Resource>();
  return resources.flatMap(resource =>
    (resource.movedFrom ?? []).flatMap(name => {
      const was = address(resource.kind, name);
      const still = present.get(was);
      if (still) return [stillThere(resource, still)];
      const other = claims.get(was);
      claims.set(was, resource);
      return other ? [claimedTwice(resource, other, name)] : [];
    }),
  );
};

const stillThere = (resource: Resource, still: Resource) => ({
  what: `${subject(resource.kind, resource.name)} says that it moved from "${still.name}", which is still declared`,
  ...(resource.at && { where: resource.at }),
  why: `what carries that name belongs to the one at ${still.at ?? 'its declaration'}: it can't become both`,
  fix: `remove movedFrom, or remove the declaration of "${still.name}"`,
});

const claimedTwice = (resource: Resource, other: Resource, name: string) => ({
  what: `${subject(resource.kind, resource.name)} and ${subject(other.kind, other.name)} both say that they moved from "${name}"`,
  ...(resource.at && { where: resource.at }),
  why: 'what carries the old name can only become one of them',
  fix: 'keep movedFrom at the one that takes the object and its data over',
});
