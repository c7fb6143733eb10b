import { type Address, nameIn } from '../address.ts';
import { subject } from '../declaration/handle.ts';
import { isKnown, type Known, type Resource } from '../resource.ts';
import { valuesOfRun } from '../run.ts';
import { isFixedAddress, isText, type RefValue, type Value } from '../value.ts';
import type { Check } from './across.ts';

type Runs = Known<'service'> | Known<'job'> | Known<'migration'>;

/** Fixed addresses that two services take, or that are of a network where who is told them is not. */
export const misplacedAddresses: Check = ({ resources }) => [
  ...takenTwice(resources.filter(isKnown('service'))),
  ...resources.filter(runs).flatMap(outOfReach),
];

const runs = (resource: Resource): resource is Runs => ['service', 'job', 'migration'].includes(resource.kind);

function takenTwice(services: readonly Known<'service'>[]) {
  const holders = new Map<string, Known<'service'>>();
  return services.flatMap(service => {
    const { address } = service.spec;
    if (!address) return [];
    const holder = holders.get(keyOf(address));
    holders.set(keyOf(address), holder ?? service);
    return holder ? [sameAddress(holder, service, address)] : [];
  });
}

const keyOf = ({ $ref: { of, rest } }: RefValue): string => `${of} ${rest}`;

const outOfReach = (one: Runs) =>
  [...new Set(valuesOfRun(one.spec).flatMap(networksIn))]
    .filter(network => !one.spec.networks.includes(network))
    .map(network => noWay(one, network));

function networksIn(value: Value): readonly Address[] {
  if (isText(value)) return value.$text.flatMap(networksIn);
  return isFixedAddress(value) ? [value.$ref.of] : [];
}

const sameAddress = (holder: Resource, service: Resource, { $ref: { of, rest } }: RefValue) => ({
  what: `${subject('service', service.name)} and ${subject('service', holder.name)} both have address(${rest}) of ${subject('network', nameIn(of))}`,
  ...(service.at && { where: service.at }),
  why: 'one address leads to one instance: the second could not start',
  fix: `give one of them another number, as in ${nameIn(of)}.address(${Number(rest) + 1})`,
});

const noWay = (one: Runs, network: Address) => ({
  what: `${subject(one.kind, one.name)} is told an address of ${subject('network', nameIn(network))}, which it is not on`,
  ...(one.at && { where: one.at }),
  why: 'no way leads from one network to another: nobody would answer there',
  fix: `put it on that network too: networks: […, ${nameIn(network)}]`,
});
