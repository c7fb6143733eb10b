import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const root = join(import.meta.dirname, '../..');
const run = promisify(execFile);

/**
 * Puts the package into a project as npm would, in place of the link to this work tree, and gives its command. What it depends
 * on stays away: only the types ask for it.
 */
export async function installedIn(folder: string): Promise<readonly string[]> {
  const packed = await mkdtemp(join(tmpdir(), 'holdfast-bench-'));
  const place = join(folder, 'node_modules/holdfast');
  try {
    await run('npm', ['pack', '-w', 'holdfast', '--pack-destination', packed], { cwd: root });
    await rm(place, { recursive: true, force: true });
    await mkdir(place);
    await run('sh', ['-c', `tar -xzf "$0"/*.tgz -C "$1" --strip-components 1`, packed, place]);
    return [process.execPath, join(place, 'bin/holdfast.js')];
  } finally {
    await rm(packed, { recursive: true });
  }
}
