import { setTimeout as pause } from 'node:timers/promises';
import type Docker from 'dockerode';
import { guardedFolder } from '../../../model/guarded-files.ts';
import { labels, type Scope } from '../../../model/identity.ts';
import type { InstanceDesire } from '../../../ports/desires.ts';
import type { Desired } from '../../../ports/provider.ts';
import { statusOf, unless } from '../host/calls.ts';
import { filesLabel, workshopLabel } from '../labels.ts';

const volumeName = (uid: string): string => `holdfast-files-${uid}`;

/** An engine mounts no volume read-only that has no name: this one goes by {@link removeGuarded}. */
export const guardedMount = (uid: string, { system, environment }: Scope) => ({
  Type: 'volume',
  Source: volumeName(uid),
  Target: guardedFolder,
  ReadOnly: true,
  VolumeOptions: {
    Labels: { [filesLabel]: uid, [labels.system]: system, [labels.environment]: environment },
  },
});

/** Into what is mounted read-only the engine puts nothing: a container that has it writable, and never runs, takes it in. */
export async function putGuarded(docker: Docker, { uid, spec }: Desired<InstanceDesire>, tar: Buffer): Promise<void> {
  const carrier = await createCarrier(docker, uid, spec.image);
  try {
    await carrier.putArchive(tar, { path: guardedFolder });
  } finally {
    await unless([404, 409], () => carrier.remove({ force: true }));
  }
}

/**
 * It has the name of the volume. Another run of ours that is at the same has it for a moment, and is let finish; what is
 * there for longer was left by one that was killed.
 */
async function createCarrier(docker: Docker, uid: string, image: string, triesLeft = 30): Promise<Docker.Container> {
  const name = volumeName(uid);
  try {
    return await docker.createContainer({
      name,
      Image: image,
      Cmd: ['-'],
      Labels: { [workshopLabel]: '{}' },
      HostConfig: {
        NetworkMode: 'none',
        Mounts: [{ Type: 'volume', Source: name, Target: guardedFolder }] as Docker.MountConfig,
      },
    });
  } catch (error) {
    if (statusOf(error) !== 409 || triesLeft < 0) throw error;
    if (triesLeft > 0) await pause(100);
    else await unless([404, 409], () => docker.getContainer(name).remove({ force: true }));
    return createCarrier(docker, uid, image, triesLeft - 1);
  }
}

/** Takes what was guarded of an instance that is gone. */
export async function removeGuarded(docker: Docker, uid: string): Promise<void> {
  await unless([404, 409], () => docker.getContainer(volumeName(uid)).remove({ force: true }));
  // 409: whoever has it mounted by hand has it.
  await unless([404, 409], () => docker.getVolume(volumeName(uid)).remove());
}

/** Takes what was guarded of instances that somebody removed by hand: secrets don't lie about. */
export async function sweepGuarded(docker: Docker, { system, environment }: Scope): Promise<void> {
  const label = [filesLabel, `${labels.system}=${system}`, `${labels.environment}=${environment}`];
  const { Volumes } = await docker.listVolumes({ filters: JSON.stringify({ label, dangling: ['true'] }) as never });
  for (const { Name } of Volumes ?? []) await unless([404, 409], () => docker.getVolume(Name).remove());
}

/** Whether an instance has something that is guarded. */
export const isGuarded = (uid: string, uses: readonly string[] = []): boolean => uses.includes(volumeName(uid));
