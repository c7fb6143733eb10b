import type Docker from 'dockerode';
import type { Scope } from '../../../model/identity.ts';
import type { Seen } from '../../../ports/provider.ts';
import type { DockerHost } from '../host/host.ts';
import { birthOf, strangerOf } from '../labels.ts';
import type { DockerInstanceState, Status } from './state.ts';

type Listed = Docker.ContainerInfo;

/** Those of the scope. A container that somebody made from a copy of ours carries its labels too: the eldest has the right. */
export function ours(found: readonly Listed[], scope: Scope): ReadonlySet<Listed> {
  const byUid = new Map<string, Listed>();
  for (const one of found.toSorted((a, b) => b.Created - a.Created)) {
    const uid = birthOf('instance', one.Labels, scope)?.uid;
    if (uid) byUid.set(uid, one);
  }
  return new Set(byUid.values());
}

/** One that is not ours, by what the list tells. */
export function summary({ engine }: DockerHost, one: Listed): Seen<DockerInstanceState> {
  const name = one.Names[0]?.slice(1) ?? one.Id.slice(0, 12);
  return {
    kind: 'instance',
    engine,
    id: one.Id,
    name,
    state: {
      running: one.State === 'running',
      hostname: name,
      status: one.State as Status,
      hostPorts: [...new Set(one.Ports.flatMap(({ PublicPort }) => PublicPort ?? []))],
    },
    uses: usesOf(one),
    ...strangerOf('instance', one.Labels, `container ${one.Image}, ${one.Status.toLowerCase()}`),
  };
}

function usesOf({ NetworkSettings, Mounts, ImageID }: Listed): readonly string[] {
  const networks = Object.values(NetworkSettings?.Networks ?? {}).map(({ NetworkID }) => NetworkID);
  return [...networks, ...Mounts.flatMap(({ Name }) => Name ?? []), ImageID].filter(id => id !== '');
}
