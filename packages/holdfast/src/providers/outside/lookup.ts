import { type LookupOptions, lookup as resolveName } from 'node:dns';
import type { LookupFunction } from 'node:net';

/** Names under `.localhost` are this machine (RFC 6761 §6.3), as browsers have it; not every resolver knows. */
export const lookup: LookupFunction = (hostname, options, callback) => {
  if (!/(^|\.)localhost$/i.test(hostname)) return resolveName(hostname, options as LookupOptions, callback as never);
  const address = '127.0.0.1';
  if (options.all) callback(null, [{ address, family: 4 }]);
  else callback(null, address, 4);
};
