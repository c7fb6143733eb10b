import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { statfs } from 'node:fs/promises';

export interface FullDisk extends AsyncDisposable {
  heal(): Promise<void>;
}

/** What the file system itself may need to tell what is where. */
const spared = 2 ** 22;

/** What is left of the file system that a folder is in, in bytes, for who is not root. */
export async function spaceIn(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}

/**
 * A file without a name, that is there as long as a process has it open: which ends when the pipe to it does. What can't
 * be had at once is written, byte by byte, until nothing more goes in.
 */
const filling = `exec 3>>"$0/.filling"; rm "$0/.filling"
fallocate --length "$1" "/proc/$$/fd/3" && ! cat /dev/zero >&3 2>/dev/null && echo full && cat >&2`;

/** Fills the file system that a folder is in: one of the test's own, never the machine's. */
export async function fillDisk(folder: string): Promise<FullDisk> {
  const space = await spaceIn(folder);
  assert.ok(space < 2 ** 31, `${folder} is on a small file system: it has ${space} bytes left`);
  const child = spawn('sh', ['-c', filling, folder, String(space - spared)], { stdio: ['pipe', 'pipe', 'inherit'] });
  const over = once(child, 'close');
  const [said] = await Promise.race([once(child.stdout, 'data'), over]);
  assert.equal(String(said).trim(), 'full', 'the file system takes what is left of it');
  assert.ok((await spaceIn(folder)) < 2 ** 20, 'nothing is left of it');
  const heal = async () => {
    child.stdin.end();
    await over;
    assert.ok((await spaceIn(folder)) > space / 2, 'there is space again');
  };
  return { heal, [Symbol.asyncDispose]: heal };
}
