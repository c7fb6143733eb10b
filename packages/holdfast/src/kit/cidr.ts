import ipaddr from 'ipaddr.js';

/** A block of IPv4 addresses: its first and last as numbers, and how it is written. */
export interface Block {
  readonly first: number;
  readonly last: number;
  readonly bits: number;
  readonly text: string;
}

/** The block that a CIDR names; undefined where it names none. `10.0.0.9/24` gives the block of `10.0.0.0/24`. */
export function parseCidr(text: string): Block | undefined {
  if (!ipaddr.IPv4.isValidCIDRFourPartDecimal(text)) return undefined;
  const [address, bits] = ipaddr.IPv4.parseCIDR(text);
  const size = 2 ** (32 - bits);
  const first = Math.floor(toNumber(address) / size) * size;
  return { first, last: first + size - 1, bits, text: `${spell(first)}/${bits}` };
}

const toNumber = (address: ipaddr.IPv4): number => address.octets.reduce((sum, octet) => sum * 256 + octet, 0);

const spell = (first: number): string => [24, 16, 8, 0].map(shift => Math.floor(first / 2 ** shift) % 256).join('.');

/** The first half of a block, as a CIDR. */
export const lowerHalf = ({ first, bits }: Block): string => `${spell(first)}/${bits + 1}`;

/** The n-th address of the second half of a block. */
export const inUpperHalf = ({ first, last }: Block, n: number): string => spell(first + (last - first + 1) / 2 + n);

export const overlap = (a: Block, b: Block): boolean => a.first <= b.last && b.first <= a.last;

export const contains = (outer: Block, inner: Block): boolean => outer.first <= inner.first && inner.last <= outer.last;
