import assert from 'node:assert/strict';
import { chmod, stat } from 'node:fs/promises';
import { type DeadMan, deadMan } from './dead-man.ts';

/** Takes a folder from all but root, for so many seconds at most. */
export async function closeFolder(folder: string, limitSeconds: number): Promise<DeadMan> {
  const before = ((await stat(folder)).mode & 0o7777).toString(8);
  const opening = deadMan(['chmod', before, folder], limitSeconds);
  await chmod(folder, 0);
  assert.equal((await stat(folder)).mode & 0o777, 0);
  return opening;
}
