import type { RouteFacts } from '../facts/network.ts';
import type { Matcher } from '../matcher.ts';
import { address } from '../words/address.ts';
import { name } from '../words/given.ts';

const found = ({ gateway, interface: by }: RouteFacts): string => `${gateway ? `via ${gateway} ` : ''}through ${by}`;

const exists: Matcher<RouteFacts> = { says: () => 'exists', holds: () => true, found, isOfPresence: true };

const goesVia: Matcher<RouteFacts, [gateway: string]> = {
  says: gateway => `goes via ${gateway}`,
  takes: [address],
  holds: ({ gateway }, wanted) => gateway === wanted,
  found,
};

const goesThrough: Matcher<RouteFacts, [device: string]> = {
  says: device => `goes through ${device}`,
  takes: [name],
  holds: (facts, device) => facts.interface === device,
  found,
};

/** What can be said of a route. */
export const routeMatchers = {
  exists,
  /** A gateway by its address. */
  goesVia,
  /** An interface by its name. */
  goesThrough,
};
