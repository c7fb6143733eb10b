import ipaddr from 'ipaddr.js';

/** An address as /proc/net/tcp spells it: words of 32 bits in hex, each with its last byte first. */
export function addressOf(hex: string): string {
  const bytes = Buffer.from(hex, 'hex');
  if (bytes.length % 4 !== 0 || bytes.length === 0) return hex;
  return ipaddr.fromByteArray([...bytes.swap32()]).toString();
}

/** An address as /proc/net/if_inet6 spells it: in hex, byte by byte. */
export const addressInOrder = (hex: string): string => ipaddr.fromByteArray([...Buffer.from(hex, 'hex')]).toString();
