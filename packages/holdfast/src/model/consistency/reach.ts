import type { ProblemParts } from '../../kit/problem.ts';
import { type Address, kindOf, nameIn } from '../address.ts';
import { subject } from '../declaration/handle.ts';
import { addressOf, isKnown, type Known, type Resource } from '../resource.ts';
import { valuesOfRun } from '../run.ts';
import type { RunSpec } from '../spec/service-spec.ts';
import { isRef, isText, type Value } from '../value.ts';
import type { Check } from './across.ts';

type Runs = Known<'service'> | Known<'job'> | Known<'migration'>;

/** What is told the host of a service, or routes to it, and shares no network with it. */
export const unreachable: Check = ({ resources }) => {
  const services = new Map(resources.filter(isKnown('service')).map(service => [addressOf(service), service]));
  return [
    ...resources.filter(runs).flatMap(one => unreachableHosts(one, services)),
    ...resources.filter(isKnown('routes')).flatMap(table => unreachableRoutes(table, services)),
  ];
};

const runs = (resource: Resource): resource is Runs => ['service', 'job', 'migration'].includes(resource.kind);

type Services = ReadonlyMap<Address, Known<'service'>>;

const unreachableHosts = (one: Runs, services: Services): readonly ProblemParts[] =>
  [...new Set(valuesOfRun(one.spec).flatMap(hostsIn))]
    .flatMap(of => services.get(of) ?? [])
    .filter(target => !shareNetwork(one.spec, target.spec))
    .map(target => noWay(subject(one.kind, one.name), target.name, one.at));

const unreachableRoutes = (table: Known<'routes'>, services: Services): readonly ProblemParts[] => {
  const edge = services.get(table.spec.edge);
  if (!edge) return [];
  return [...new Set(table.spec.routes.map(({ to }) => to))]
    .flatMap(to => services.get(to) ?? [])
    .filter(target => !shareNetwork(edge.spec, target.spec))
    .map(target => noWay(`edge "${nameIn(table.spec.edge)}"`, target.name, table.at));
};

function hostsIn(value: Value): readonly Address[] {
  if (isText(value)) return value.$text.flatMap(hostsIn);
  return isRef(value) && value.$ref.what === 'host' && kindOf(value.$ref.of) === 'service' ? [value.$ref.of] : [];
}

const shareNetwork = (a: RunSpec, b: RunSpec): boolean => a.networks.some(network => b.networks.includes(network));

const noWay = (from: string, to: string, at: string | undefined): ProblemParts => ({
  what: `${from} can't reach service "${to}": they share no network`,
  ...(at && { where: at }),
  why: 'a host name is known, and a way there exists, only on a common network',
  fix: `put both on one network: networks: […] takes several`,
});
