import assert from 'node:assert/strict';
import { join } from 'node:path';
import { docker } from '../project.ts';
import { type DeadMan, deadMan } from './dead-man.ts';

/** Stops every process of a container where it stands, for so many seconds at most. */
export async function freeze(id: string, limitSeconds: number): Promise<DeadMan> {
  const thawing = deadMan([process.execPath, join(import.meta.dirname, 'thaw.ts'), id], limitSeconds);
  await docker.getContainer(id).pause();
  assert.ok((await docker.getContainer(id).inspect()).State.Paused, 'it is frozen');
  return thawing;
}
