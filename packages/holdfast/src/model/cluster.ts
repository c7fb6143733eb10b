import * as z from 'zod/mini';
import { address } from './address.ts';
import { Call, declare, needsOfHandles } from './declaration/call.ts';
import { addressOfHandle, Handle } from './declaration/handle.ts';
import { label } from './declaration/label.ts';
import { type CommonOptions, common, handleOf } from './declaration/options.ts';
import { members } from './declaration/rule.ts';
import { flag, someText, wholeNumber } from './rules.ts';
import type { ServiceHandle } from './service-handle.ts';
import type { ClusterBackups, ClusterSpec } from './spec/cluster-spec.ts';

export type ClusterHandle = Handle<'cluster'>;

/** What a part knows of the cluster that it declared. */
export interface ClusterOptions extends CommonOptions {
  readonly members: readonly ServiceHandle[];
  readonly etcd: readonly ServiceHandle[];
  readonly proxy?: ServiceHandle;
  /** Names of volumes: see {@link ClusterData}. */
  readonly data?: { readonly here: readonly string[]; readonly otherwise: readonly string[] };
  readonly scope: string;
  readonly strict: boolean;
  readonly backups?: ClusterBackups;
}

const schema = members({
  ...common,
  members: z.array(handleOf('service')),
  etcd: z.array(handleOf('service')),
  proxy: z.optional(handleOf('service')),
  data: z.optional(members({ here: z.array(label), otherwise: z.array(label) })),
  scope: someText,
  strict: flag,
  backups: z.optional(
    members({
      stanza: someText,
      key: z.optional(someText),
      full: someText,
      diff: someText,
      keep: wholeNumber(1, 1_000, 'it is the number of full backups that stay'),
      at: z.optional(someText),
      restored: z.custom<ClusterBackups['restored']>(),
    }),
  ),
});

/** Says on paper which services are one database. A part declares it with them; it is nothing of its own on an engine. */
export function cluster(name: string, options: ClusterOptions): ClusterHandle {
  declare(new Call('cluster', name, cluster), schema, options, () => ({
    spec: specOf(options),
    needs: needsOfHandles([...options.members, ...options.etcd, options.proxy]),
  }));
  return new Handle('cluster', name);
}

const specOf = ({ members: servers, etcd, proxy, data, scope, strict, backups }: ClusterOptions): ClusterSpec => ({
  members: servers.map(addressOfHandle),
  etcd: etcd.map(addressOfHandle),
  ...(proxy && { proxy: addressOfHandle(proxy) }),
  ...(data && { data: { here: data.here.map(volumeNamed), otherwise: data.otherwise.map(volumeNamed) } }),
  scope,
  port: 5_432,
  strict,
  superuser: 'postgres',
  socket: '/run/postgresql',
  ...(backups && { backups }),
});

const volumeNamed = (name: string) => address('volume', name);
