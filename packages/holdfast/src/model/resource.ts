import type { Address } from './address.ts';
import { address } from './address.ts';
import type { CheckSpec } from './spec/check-spec.ts';
import type { ClusterSpec } from './spec/cluster-spec.ts';
import type { ImageSpec } from './spec/image-spec.ts';
import type { PromiseSpec } from './spec/promise-spec.ts';
import type { ServiceSpec, TaskSpec } from './spec/service-spec.ts';
import type { NetworkSpec, PeopleSpec, RoutesSpec, SecretSpec, UpstreamSpec, VolumeSpec } from './spec/small-specs.ts';

/** One declared noun of a system. Immutable plain data. */
export interface Resource<K extends string = string, S = unknown> {
  readonly kind: K;
  /** An RFC 1123 label, unique within its kind. */
  readonly name: string;
  /** Which of the environment's engines it lives on. */
  readonly engine: string;
  readonly spec: S;
  /** What must be there before it. */
  readonly needs: readonly Address[];
  /** Names that it had before. */
  readonly movedFrom?: readonly string[];
  /** `file:line:column` of its declaration. Not compared: moving a line changes nothing. */
  readonly at?: string;
}

/** The kinds that Holdfast itself knows. Others come from third-party providers. */
export type KnownResource =
  | Resource<'network', NetworkSpec>
  | Resource<'volume', VolumeSpec>
  | Resource<'image', ImageSpec>
  | Resource<'service', ServiceSpec>
  | Resource<'migration', TaskSpec>
  | Resource<'job', TaskSpec>
  | Resource<'cluster', ClusterSpec>
  | Resource<'routes', RoutesSpec>
  | Resource<'secret', SecretSpec>
  | Resource<'team', PeopleSpec>
  | Resource<'upstream', UpstreamSpec>
  | Resource<'check', CheckSpec>
  | Resource<'promise', PromiseSpec>;

export type KnownKind = KnownResource['kind'];
export type Known<K extends KnownKind> = Extract<KnownResource, { kind: K }>;

export const addressOf = (resource: Pick<Resource, 'kind' | 'name'>): Address => address(resource.kind, resource.name);

export const isKnown =
  <K extends KnownKind>(kind: K) =>
  (resource: Resource): resource is Known<K> =>
    resource.kind === kind;
