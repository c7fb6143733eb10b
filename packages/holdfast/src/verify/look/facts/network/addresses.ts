import ipaddr from 'ipaddr.js';

/** An address as /proc/net/tcp spells it: words of 32 bits in hex, each with its last byte first. */
export function addressOf(hex: string): string {
  const bytes = Buffer.from(hex, 'hex');
  if (bytes.length % 4 !== 0 || bytes.length === 0) return hex;
  return spell(bytes.swap32());
}

/** An address of IPv4 that is spelled as one of IPv6 is one of IPv4. */
const spell = (bytes: Buffer): string => ipaddr.process(ipaddr.fromByteArray([...bytes]).toString()).toString();

/** An address as /proc/net/if_inet6 spells it: in hex, byte by byte. */
export const addressInOrder = (hex: string): string => spell(Buffer.from(hex, 'hex'));
