import { type Block, contains, overlap, parseCidr } from '../../kit/cidr.ts';
import { subject } from '../declaration/handle.ts';
import { isKnown, type Known } from '../resource.ts';
import type { Check } from './across.ts';

interface Placed {
  readonly network: Known<'network'>;
  readonly block: Block;
}

/** Networks whose declared subnets overlap, or lie outside of the environment's pool. */
export const collidingSubnets: Check = ({ resources, target }) => {
  const placed = resources.filter(isKnown('network')).flatMap(placedBy);
  const byEngine = Map.groupBy(placed, ({ network }) => network.engine);
  return [...outside(placed, target.subnets), ...[...byEngine.values()].flatMap(overlapping)];
};

function placedBy(network: Known<'network'>): readonly Placed[] {
  const block = network.spec.subnet === undefined ? undefined : parseCidr(network.spec.subnet);
  return block ? [{ network, block }] : [];
}

function outside(placed: readonly Placed[], pool: string | undefined) {
  const whole = pool === undefined ? undefined : parseCidr(pool);
  return placed
    .filter(({ block }) => whole && !contains(whole, block))
    .map(({ network, block }) => ({
      what: `${subject('network', network.name)} wants ${block.text}, which is outside of the environment's pool ${pool}`,
      ...(network.at && { where: network.at }),
      why: 'the pool is what keeps two environments from each other’s addresses',
      fix: 'choose a subnet inside the pool, leave `subnet` out to be given one, or change `subnets` in holdfast.config.ts',
    }));
}

/** In order of their first address, a block can only overlap one that has not ended yet. */
function overlapping(placed: readonly Placed[]) {
  const sorted = placed.toSorted((a, b) => a.block.first - b.block.first);
  let widest: Placed | undefined;
  return sorted.flatMap(one => {
    const met = widest && overlap(widest.block, one.block) ? widest : undefined;
    if (!widest || one.block.last > widest.block.last) widest = one;
    return met ? [collision(met, one)] : [];
  });
}

const collision = (met: Placed, one: Placed) => ({
  what: `${subject('network', one.network.name)} and ${subject('network', met.network.name)} overlap: ${one.block.text} and ${met.block.text}`,
  ...(one.network.at && { where: one.network.at }),
  why: 'an address that is in both would lead to only one of them, and no engine makes the second',
  fix: 'give them subnets apart, or leave `subnet` out: the pool then gives each its own',
});
