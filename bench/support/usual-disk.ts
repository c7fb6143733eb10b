import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { boxedEngine } from '../../scenarios/support/bake/boxed-engine.ts';

/** Where both peers are measured. */
export interface Ground extends AsyncDisposable {
  readonly folder: string;
  /** What leads a command to it. */
  readonly env: NodeJS.ProcessEnv;
}

/**
 * An ext4 as `mkfs` makes it, with an Engine of its own on it. Without a journal, as the disks of some virtual machines are,
 * ext4 looks at each inode that was freed in the last minutes before it takes another one: what is made depends on what was
 * deleted before, many times over. Needs root.
 */
export async function usualDisk(): Promise<Ground> {
  await using undo = new AsyncDisposableStack();
  const place = await mkdtemp('/var/tmp/holdfast-disk.');
  undo.defer(() => rm(place, { recursive: true, force: true }));
  const [image, folder] = [join(place, 'image'), join(place, 'disk')];
  execFileSync('truncate', ['--size', '16G', image]);
  execFileSync('mkfs.ext4', ['-q', image]);
  execFileSync('mkdir', [folder]);
  execFileSync('mount', ['-o', 'loop', image, folder]);
  undo.defer(() => void spawnSync('umount', ['--lazy', folder]));
  const engine = await boxedEngine({ after: clean => undo.defer(async () => void (await clean())) }, folder);
  const leave = undo.move();
  return {
    folder,
    env: { ...engine.env, TMPDIR: folder },
    [Symbol.asyncDispose]: () => leave.disposeAsync(),
  };
}
