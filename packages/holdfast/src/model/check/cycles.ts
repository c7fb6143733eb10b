import { type Address, kindOf, nameIn } from '../address.ts';
import { subject } from '../declaration/handle.ts';
import { addressOf, type Resource } from '../resource.ts';
import type { Check } from './across.ts';

/** Resources that wait for each other, so that none of them can come first. */
export const cycles: Check = ({ resources }) => {
  const byAddress = new Map(resources.map(resource => [addressOf(resource), resource]));
  const settled = new Set<Address>();
  return resources.flatMap(resource => {
    const circle = circleFrom(resource, byAddress, settled);
    return circle ? [describe(circle, resource)] : [];
  });
};

/** Walks down what a resource needs, without recursion: chains may be as long as the system. */
function circleFrom(start: Resource, all: ReadonlyMap<Address, Resource>, settled: Set<Address>) {
  const trail: { at: Address; left: Address[] }[] = [];
  const enter = (at: Address) => trail.push({ at, left: [...(all.get(at)?.needs ?? [])] });
  if (!settled.has(addressOf(start))) enter(addressOf(start));
  const open = new Set<Address>(trail.map(({ at }) => at));
  for (let step = trail.at(-1); step; step = trail.at(-1)) {
    const next = step.left.pop();
    if (next === undefined) {
      open.delete(step.at);
      settled.add(step.at);
      trail.pop();
    } else if (open.has(next))
      return closed(
        trail.map(({ at }) => at),
        next,
        settled,
      );
    else if (!settled.has(next)) {
      open.add(next);
      enter(next);
    }
  }
  return undefined;
}

function closed(trail: readonly Address[], to: Address, settled: Set<Address>): readonly Address[] {
  for (const address of trail) settled.add(address);
  return [...trail.slice(trail.indexOf(to)), to];
}

const describe = (circle: readonly Address[], { at }: Resource) => ({
  what: `${circle.map(spelled).join(' needs ')}: a cycle`,
  ...(at && { where: at }),
  why: 'each would have to be there before the other, so none can come first',
  fix: 'break it at one place: let one of them find the other when it runs, by a name in its own configuration',
});

const spelled = (address: Address): string => subject(kindOf(address), nameIn(address));
