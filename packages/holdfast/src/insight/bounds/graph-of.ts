import { parsePercentage, type Share } from '../../kit/percentage.ts';
import { type Address, address } from '../../model/address.ts';
import { addressOf, isKnown, type Known, type Resource } from '../../model/resource.ts';
import { byAddress, resourcesOf, type SystemModel } from '../../model/system-model.ts';
import { causesOfClusters, clusterParts, clustersIn } from './clusters.ts';
import type { CommonCause, Graph } from './graph.ts';
import { ceilingsBelow, circle, type Promises, type PromiseTarget, unknown } from './promise-target.ts';
import { all, any, type Element, element, elementsOf, type Structure } from './structure.ts';

export interface GraphOptions {
  /**
   * Availabilities by id, as in `host/default` or `instance/web.1`; that of `service/web` holds for each of its
   * instances. What has none here has the one that is declared.
   */
  readonly figures?: ReadonlyMap<string, Share>;
  /** The share of a replica's failures that take all replicas. Default {@link usualBeta}. */
  readonly beta?: Share;
  /** The promises that others may be given. */
  readonly promises?: Promises;
}

/** The most that IEC 61508-6 reckons with. */
export const usualBeta = '10%';

interface Ground extends GraphOptions {
  readonly resources: ReadonlyMap<Address, Resource>;
  /** Availabilities of the machines, by the names of their engines. */
  readonly hosts: Readonly<Record<string, string>>;
  /** Clusters by the services that make them up. */
  readonly clusters: ReadonlyMap<Address, Address>;
}

/** One promise's way down: what it survives holds for all that it rests on. */
interface Scope {
  readonly ground: Ground;
  readonly target: PromiseTarget;
  /** What led here. */
  readonly path: readonly Address[];
  /** What was found already: shared, never made twice. */
  readonly made: Map<Address, Structure>;
}

/**
 * What a promise rests on, as the model has it. Each service is any of its instances, each in series with its host, and
 * all of them with their image, networks, volumes and what they need. Of what is not known to be needed nothing is
 * counted: that can make a bound too high, never too low. Throws a Problem for a circle, and for what is not declared.
 */
export function graphOf(model: SystemModel, target: PromiseTarget, options: GraphOptions = {}): Graph {
  const { hosts = {} } = model;
  const ground: Ground = { ...options, hosts, resources: byAddress(model), clusters: clustersIn(model) };
  const structure = promised(target, ground, []);
  const commonCauses = causesIn(structure, model, options.beta ?? parsePercentage(usualBeta));
  return { structure, commonCauses, ceilings: ceilingsBelow(target.given, options.promises) };
}

function promised(target: PromiseTarget, ground: Ground, path: readonly Address[]): Structure {
  const scope: Scope = { ground, target, path, made: new Map() };
  for (const survived of target.survives) declared(survived, ground);
  const team = target.by ? [known(target.by, ground)] : [];
  return all([...startsOf(scope).flatMap(start => restOf(start, scope)), ...team]);
}

/** Who measures at an edge goes on to what it leads to. */
function startsOf({ target: { measured, given }, ground: { resources } }: Scope): readonly Address[] {
  const tables = [...resources.values()].filter(isKnown('routes')).filter(({ spec }) => measured.includes(spec.edge));
  return [...new Set([...measured, ...tables.map(addressOf), ...given])];
}

/**
 * What is there for it, as parts of a series: none for what is survived, or is not needed once all is up. Who needs one server
 * of a cluster needs the cluster; that its servers need each other says in which order they come.
 */
function restOf(of: Address, scope: Scope): readonly Structure[] {
  const cluster = scope.ground.clusters.get(of);
  if (cluster && !scope.path.includes(cluster)) return restOf(cluster, scope);
  if (cluster && scope.path.at(-1) !== cluster) return [];
  if (scope.target.survives.includes(of)) return [];
  if (scope.path.includes(of)) throw circle([...scope.path.slice(scope.path.indexOf(of)), of]);
  const made = scope.made.get(of) ?? all(partsOf(of, { ...scope, path: [...scope.path, of] }));
  scope.made.set(of, made);
  return [made];
}

function partsOf(of: Address, scope: Scope): readonly Structure[] {
  const promise = scope.ground.promises?.get(of);
  if (promise) return [promised(promise, scope.ground, scope.path)];
  const resource = declared(of, scope.ground);
  if (isKnown('service')(resource)) return serviceParts(resource, scope);
  if (isKnown('routes')(resource)) return routeParts(resource, scope);
  if (isKnown('cluster')(resource)) return clusterParts(resource, server => all(restOf(server, scope)));
  if (isInside(resource)) return restOf(resource.spec.cluster, scope);
  if (standsBeside.has(resource.kind)) return [];
  return [known(of, scope.ground), ...resource.needs.flatMap(need => restOf(need, scope))];
}

const isInside = (resource: Resource): resource is Known<'database'> | Known<'role'> | Known<'extension'> =>
  ['database', 'role', 'extension'].includes(resource.kind);

/** Needed to get there or to look at it, and not to stay there. An image counts with the service that runs it. */
const standsBeside = new Set(['image', 'migration', 'job', 'secret', 'check', 'team', 'promise']);

const serviceParts = (service: Known<'service'>, scope: Scope): readonly Structure[] => [
  any(instancesOf(service).map(id => all([instance(id, service, scope.ground), host(service, scope.ground)]))),
  known(service.spec.image, scope.ground),
  ...service.needs.flatMap(need => restOf(need, scope)),
];

/** A request takes one of the ways: which, the promise says by what else it names. */
const routeParts = ({ spec: { edge, routes } }: Known<'routes'>, scope: Scope): readonly Structure[] => {
  const targets = [...new Set(routes.map(({ to }) => to))];
  const isTold = targets.some(to => scope.target.measured.includes(to));
  const ways = isTold || targets.length === 0 ? [] : [any(targets.map(to => all(restOf(to, scope))))];
  return [...restOf(edge, scope), ...ways];
};

const instancesOf = ({ name, spec }: Known<'service'>): readonly Address[] =>
  Array.from({ length: spec.replicas }, (_, index) => address('instance', `${name}.${index + 1}`));

const instance = (id: Address, service: Known<'service'>, { figures }: Ground): Element =>
  element(id, figures?.get(id) ?? figures?.get(addressOf(service)) ?? shareOf(service.spec.availability));

const host = ({ engine }: Resource, { figures, hosts }: Ground): Element =>
  element(`host/${engine}`, figures?.get(`host/${engine}`) ?? shareOf(hosts[engine]));

const known = (id: Address, { figures, resources }: Ground): Element =>
  element(id, figures?.get(id) ?? shareOf(declaredOf(resources.get(id))));

function declaredOf(resource: Resource | undefined): string | undefined {
  if (!resource) return undefined;
  if (isKnown('upstream')(resource)) return resource.spec.sla;
  return isKnown('team')(resource) ? resource.spec.availability : undefined;
}

const shareOf = (figure: string | undefined): Share | undefined =>
  figure === undefined ? undefined : parsePercentage(figure);

function declared(of: Address, { resources, promises }: Ground): Resource {
  const found = resources.get(of);
  if (!found) throw unknown(of, [...resources.keys(), ...(promises?.keys() ?? [])]);
  return found;
}

/** Replicas of a service share its image and its release, and so do the servers of a cluster. */
function causesIn(structure: Structure, model: SystemModel, beta: Share): readonly CommonCause[] {
  const there = new Set(elementsOf(structure).map(({ id }) => id));
  const inCluster = clustersIn(model);
  const alone = resourcesOf(model, 'service').filter(service => !inCluster.has(addressOf(service)));
  const ofServices = alone.map(service => ({
    id: `common-cause/${service.name}`,
    beta: shareOf(service.spec.commonCause) ?? beta,
    members: instancesOf(service),
  }));
  return [...ofServices, ...causesOfClusters(model, beta)].filter(({ members }) => members.some(id => there.has(id)));
}
