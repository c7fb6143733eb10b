import { type Address, nameIn } from '../../model/address.ts';
import { addressOf, type Known } from '../../model/resource.ts';
import { resourcesOf, type SystemModel } from '../../model/system-model.ts';
import type { CommonCause } from './graph.ts';
import { any, atLeast, type Structure } from './structure.ts';

/** By the services that are its servers, and by those that hold who leads, the database cluster that they make up. */
export const clustersIn = (model: SystemModel): ReadonlyMap<Address, Address> =>
  new Map(
    resourcesOf(model, 'cluster').flatMap(cluster =>
      [...cluster.spec.members, ...cluster.spec.etcd].map(of => [of, addressOf(cluster)] as const),
    ),
  );

/** One server is enough to answer, as long as the greater part of those who hold who leads is there. */
export function clusterParts({ spec }: Known<'cluster'>, rest: (of: Address) => Structure): readonly Structure[] {
  const { members, etcd } = spec;
  const quorum = etcd.length > 0 ? [atLeast(Math.floor(etcd.length / 2) + 1, etcd.map(rest))] : [];
  return [any(members.map(rest)), ...quorum];
}

/** Servers of a cluster share their image and their release. */
export const causesOfClusters = (model: SystemModel, beta: CommonCause['beta']): readonly CommonCause[] =>
  resourcesOf(model, 'cluster')
    .flatMap(({ name, spec: { members, etcd } }) => [
      { id: `common-cause/servers of ${name}`, members: members.map(firstOf) },
      { id: `common-cause/etcd of ${name}`, members: etcd.map(firstOf) },
    ])
    .filter(({ members }) => members.length > 0)
    .map(cause => ({ ...cause, beta }));

const firstOf = (service: Address): Address => `instance/${nameIn(service)}.1`;
