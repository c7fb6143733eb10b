import { execFile } from 'node:child_process';
import { chmod, chown, mkdtemp, rm, rmdir, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { docker } from '../project.ts';
import { deadMan } from './dead-man.ts';

const run = promisify(execFile);

/** A file system of its own, in a file. */
export interface SmallDisk extends AsyncDisposable {
  readonly device: string;
}

/** The kernel lets go of the device when it is no longer mounted, also when we are killed. */
export async function smallDisk(megabytes: number, limitSeconds: number): Promise<SmallDisk> {
  const folder = await mkdtemp(join(tmpdir(), 'holdfast-disk-'));
  const file = join(folder, 'disk');
  await writeFile(file, '');
  await truncate(file, megabytes * 2 ** 20);
  await run('mkfs.ext4', ['-q', '-m', '0', file]);
  const { stdout } = await run('losetup', ['--find', '--show', file]);
  const device = stdout.trim();
  const lettingGo = deadMan(['sh', '-c', 'losetup --detach "$0"; rm -f "$1"', device, file], limitSeconds);
  return {
    device,
    async [Symbol.asyncDispose]() {
      await lettingGo.heal();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Puts another one under the name, labels and owner of a volume that no container has: empty, and on that device. */
export async function moveVolume(name: string, { device }: SmallDisk): Promise<void> {
  const volume = docker.getVolume(name);
  const { Labels, Mountpoint } = await volume.inspect();
  await ownAs(Mountpoint, device);
  await volume.remove();
  await docker.createVolume({ Name: name, Driver: 'local', Labels, DriverOpts: { type: 'ext4', device } });
}

/** The engine gives a volume that is not empty to nobody else, and a new ext4 has a folder in it. */
async function ownAs(folder: string, device: string): Promise<void> {
  const { uid, gid, mode } = await stat(folder);
  const root = await mkdtemp(join(tmpdir(), 'holdfast-disk-'));
  await run('mount', [device, root]);
  try {
    await chown(root, uid, gid);
    await chmod(root, mode & 0o7777);
  } finally {
    await run('umount', [root]);
    await rmdir(root);
  }
}
