import canonicalize from 'canonicalize';

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** The one spelling of a JSON value, by RFC 8785: equal values give equal text. `undefined` members are left out. */
export const canonical = (value: unknown): string => canonicalize(value) ?? 'null';

export const sameJson = (a: unknown, b: unknown): boolean => a === b || canonical(a) === canonical(b);
