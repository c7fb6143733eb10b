import type { Stats } from 'node:fs';
import { lstat, opendir } from 'node:fs/promises';
import { bounds, type EntryRead, type InsideSeen } from '../../../ports/looking/snapshot.ts';
import { entryOf } from './entry.ts';
import { type Found, unlessNone } from './find.ts';
import { type Folder, holdFolder, under } from './folder.ts';
import type { Tree } from './tree.ts';

/** All that is inside of a folder; what goes while it is looked at is left out. */
export async function insideOf(found: Found, how: 'directly' | 'all', { late }: Tree): Promise<InsideSeen> {
  const entries: EntryRead[] = [];
  for await (const entry of walk(found, '', how === 'all', late))
    if (entries.push(entry) > bounds.entries) return { unknown: `there are more than ${bounds.entries} files inside` };
  return { entries };
}

type Place = Pick<Found, 'folder' | 'name'>;

async function* walk(
  { folder, name }: Place,
  before: string,
  isDeep: boolean,
  signal: AbortSignal,
): AsyncGenerator<EntryRead> {
  const handle = await holdFolder(under(folder, name)).catch(unlessNone);
  if (!handle) return;
  await using _ = handle;
  for await (const [inside, stats] of listed({ handle, path: '' }, signal)) {
    const path = before + inside;
    yield { path, ...entryOf(stats) };
    if (isDeep && stats.isDirectory())
      yield* walk({ folder: { handle, path: '' }, name: inside }, `${path}/`, true, signal);
  }
}

/** As many as are looked at together. */
const atOnce = 64;

/** The names directly inside, and what each is. */
async function* listed(folder: Folder, signal: AbortSignal): AsyncGenerator<readonly [string, Stats]> {
  let names: string[] = [];
  for await (const { name } of await opendir(under(folder, '.'), { bufferSize: 512 })) {
    signal.throwIfAborted();
    if (names.push(name) < atOnce) continue;
    yield* await lookAtAll(folder, names);
    names = [];
  }
  yield* await lookAtAll(folder, names);
}

async function lookAtAll(folder: Folder, names: readonly string[]): Promise<readonly (readonly [string, Stats])[]> {
  const all = await Promise.all(
    names.map(async name => [name, await lstat(under(folder, name)).catch(unlessNone)] as const),
  );
  return all.flatMap(([name, stats]) => (stats ? [[name, stats] as const] : []));
}
