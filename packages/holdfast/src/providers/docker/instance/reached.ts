import { stat } from 'node:fs/promises';
import type Docker from 'dockerode';
import { reached } from '../../../model/reached.ts';
import type { InstanceDesire } from '../../../ports/desires.ts';
import type { DockerHost } from '../host/host.ts';

/** The engine's own socket. */
export interface Socket {
  readonly path: string;
  /** The number of the group that may use it; left out where it can't be seen from here. */
  readonly group?: number;
}

export async function socketOf({ socket: path }: DockerHost): Promise<Socket> {
  const group = await stat(path).then(
    ({ gid }) => gid,
    () => undefined,
  );
  return { path, ...(group !== undefined && { group }) };
}

/** What of the machine an instance has: the one thing that is bound and is no volume. */
export const reachedMounts = ({ reaches = {} }: InstanceDesire, { path }: Socket): Docker.MountSettings[] => [
  ...(reaches.engine ? [{ Type: 'bind', Source: path, Target: reached.engine } as const] : []),
  ...(reaches.journal ? [{ Type: 'bind', Source: reaches.journal, Target: reached.journal } as const] : []),
];
