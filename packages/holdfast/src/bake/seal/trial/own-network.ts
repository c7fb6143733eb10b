import { overlap, parseCidr } from '../../../kit/cidr.ts';
import type { NetworkDesire, NetworkState } from '../../../ports/desires.ts';
import type { Seen } from '../../../ports/provider.ts';
import type { Maker } from './engine-trials.ts';

/** A network whose addresses nobody on the engine has. Somebody may take them in between: then others are tried. */
export async function makeNetwork(maker: Maker, internal: boolean, triesLeft = 3): Promise<Seen> {
  const all = (await maker.parts.provider('network').observe(maker.scope)) as readonly Seen<NetworkState>[];
  const subnet = freeSubnet(all.flatMap(({ state }) => state.subnets));
  try {
    return await maker.make('network', 'lan', { subnet, internal } satisfies NetworkDesire);
  } catch (error) {
    maker.signal.throwIfAborted();
    if (triesLeft === 0) throw error;
    return makeNetwork(maker, internal, triesLeft - 1);
  }
}

/** Room for one instance, the gateway, and what the engine keeps. */
const bits = 29;

function freeSubnet(taken: readonly string[]): string {
  const blocks = taken.flatMap(text => parseCidr(text) ?? []);
  const candidates = Array.from({ length: 100 }, randomSubnet);
  const isFree = (text: string): boolean => {
    const own = parseCidr(text);
    return own !== undefined && blocks.every(block => !overlap(block, own));
  };
  return candidates.find(isFree) ?? randomSubnet();
}

/** Far from the pools that environments get. */
const randomSubnet = (): string => `10.${below(30) + 200}.${below(256)}.${below(32) * 8}/${bits}`;

const below = (limit: number): number => Math.floor(Math.random() * limit);
