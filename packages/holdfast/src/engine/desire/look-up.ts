import { inUpperHalf, parseCidr } from '../../kit/cidr.ts';
import type { Address } from '../../model/address.ts';
import { nameIn } from '../../model/address.ts';
import { addressOf, isKnown, type Resource } from '../../model/resource.ts';
import { isFixedAddress, type RefValue } from '../../model/value.ts';
import type { EnvironmentFacts } from './environment-facts.ts';

/** What must be known to say what a reference is. */
export interface LookUpGround {
  readonly resources: Iterable<Resource>;
  readonly facts: Pick<EnvironmentFacts, 'hostAddress' | 'domain'>;
  /** The first host port of a service that publishes. */
  readonly portOf: (service: Address) => number | undefined;
  /** CIDR of a network. */
  readonly subnetOf: (network: Address) => string | undefined;
}

/** What a reference is: a host, an address, a URL. Undefined where that is not known. Pure. */
export function lookUp(ref: RefValue, ground: LookUpGround): string | undefined {
  const { of, what, rest = '' } = ref.$ref;
  if (what === 'host') return nameIn(of);
  if (isFixedAddress(ref)) return addressIn(ground.subnetOf(of), rest);
  if (what === 'name') return nameInside(of, ground);
  if (what === 'database') return databaseOf(of, ground);
  const port = ground.portOf(of);
  if (port === undefined) return undefined;
  if (what === 'address') return `${ground.facts.hostAddress}:${port}`;
  if (what === 'url') return `http://${hostBehind(of, ground)}${port === 80 ? '' : `:${port}`}${rest}`;
  return undefined;
}

function addressIn(subnet: string | undefined, n: string): string | undefined {
  const block = subnet === undefined ? undefined : parseCidr(subnet);
  return block && inUpperHalf(block, Number(n));
}

/** What a database or a role is called by its server. */
function nameInside(of: Address, { resources }: LookUpGround): string | undefined {
  const found = [...resources].find(one => addressOf(one) === of);
  return found && (isKnown('database')(found) || isKnown('role')(found)) ? found.spec.name : undefined;
}

/** What the database of an extension is called by its server. */
function databaseOf(of: Address, { resources }: LookUpGround): string | undefined {
  const found = [...resources].find(one => addressOf(one) === of);
  return found && isKnown('extension')(found) ? found.spec.database : undefined;
}

function hostBehind(edge: Address, { resources, facts }: LookUpGround): string {
  const tables = [...resources].filter(isKnown('routes'));
  return tables.find(({ spec }) => spec.edge === edge)?.spec.routes[0]?.host ?? facts.domain;
}
