import ipaddr from 'ipaddr.js';
import { exitCode, Problem } from '../../kit/problem.ts';

/** A block of IPv4 addresses: first and last, as numbers. */
interface Block {
  readonly first: number;
  readonly last: number;
}

const toNumber = (address: ipaddr.IPv4): number => address.octets.reduce((sum, octet) => sum * 256 + octet, 0);

function block(cidr: string): Block | undefined {
  if (!ipaddr.IPv4.isValidCIDR(cidr)) return undefined;
  const [address, bits] = ipaddr.IPv4.parseCIDR(cidr);
  const size = 2 ** (32 - bits);
  const first = Math.floor(toNumber(address) / size) * size;
  return { first, last: first + size - 1 };
}

const overlap = (a: Block, b: Block): boolean => a.first <= b.last && b.first <= a.last;

/** Whether two CIDRs have an address in common. */
export function doOverlap(one: string, other: string): boolean {
  const [a, b] = [block(one), block(other)];
  return a !== undefined && b !== undefined && overlap(a, b);
}

const spell = (first: number): string => [24, 16, 8, 0].map(shift => Math.floor(first / 2 ** shift) % 256).join('.');

/** Hands out the /24s of a pool, first come first served, past whatever is taken. */
export class SubnetPool {
  readonly #pool: string;
  readonly #taken: Block[];

  constructor(pool: string, taken: readonly string[]) {
    this.#pool = pool;
    this.#taken = taken.flatMap(cidr => block(cidr) ?? []);
  }

  /** The next free /24. Throws a Problem when there is none. */
  next(network: string): string {
    const pool = block(this.#pool);
    for (let first = pool?.first ?? 0; pool && first + 255 <= pool.last; first += 256) {
      const candidate = { first, last: first + 255 };
      if (!this.#taken.some(taken => overlap(taken, candidate))) return this.#hand(candidate);
    }
    throw new Problem({
      what: `network "${network}" gets no subnet: the pool ${this.#pool} is used up`,
      why: 'every /24 of it overlaps a network that is on the engine already, ours or not',
      fix: 'give the environment a larger or another `subnets` pool in holdfast.config.ts, or remove networks that nobody needs',
      exit: exitCode.wrongUse,
    });
  }

  #hand(candidate: Block): string {
    this.#taken.push(candidate);
    return `${spell(candidate.first)}/24`;
  }
}
