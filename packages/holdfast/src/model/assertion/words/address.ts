import ipaddr from 'ipaddr.js';
import { rule } from '../../declaration/rule.ts';

const isAddress = (value: unknown): value is string =>
  typeof value === 'string' && (ipaddr.IPv4.isValidFourPartDecimal(value) || ipaddr.IPv6.isValid(value));

/** Whether it is an address with the length of its prefix. */
export const isBlock = (value: unknown): value is string =>
  typeof value === 'string' && (ipaddr.IPv4.isValidCIDRFourPartDecimal(value) || ipaddr.IPv6.isValidCIDR(value));

export const address = rule<string>({ is: 'an IP address', fix: "write it as in '10.0.0.1' or '::1'" }, isAddress);

export const addressOrBlock = rule<string>(
  { is: 'an IP address, with or without its prefix', fix: "write it as in '10.0.0.5' or '10.0.0.5/24'" },
  value => isAddress(value) || isBlock(value),
);
