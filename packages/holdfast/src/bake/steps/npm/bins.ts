import { open } from 'node:fs/promises';
import { posix } from 'node:path';
import type { TreeEntry } from '../../../kit/tree.ts';
import { made } from '../entries.ts';
import type { Tree } from './place.ts';
import type { Selected } from './selection.ts';

/** Links the commands of packages into `node_modules/.bin`, and makes them executable, as npm's bin-links does. */
export async function linkBins(tree: Tree, packages: readonly Selected[], epoch: number): Promise<void> {
  const links = packages.filter(({ entry }) => entry.link);
  const rest = packages.filter(({ entry }) => !entry.link);
  for (const one of [...rest, ...links])
    for (const { at, target } of binsOf(one)) {
      const command = tree.get(target);
      if (command) tree.set(target, await executable(command));
      // Of two that want one name npm takes the first. What a link leads to is copied by another step.
      if (tree.has(at) || !(command || one.entry.link)) continue;
      tree.set(at, made.symlink(at, posix.relative(posix.dirname(at), target), epoch));
    }
}

interface Bin {
  /** Path of the link. */
  readonly at: string;
  /** Path of what it leads to. */
  readonly target: string;
}

function binsOf({ location, entry }: Selected): readonly Bin[] {
  const folder = posix.join(location.slice(0, location.lastIndexOf('node_modules/')), 'node_modules/.bin');
  return Object.entries(entry.bin ?? {}).flatMap(([key, value]) => {
    const [name, path] = [posix.basename(key), within(value)];
    return name && path ? [{ at: posix.join(folder, name), target: posix.join(location, path) }] : [];
  });
}

/** A path that can't lead out of its folder. */
const within = (path: string): string => posix.join('/', path.replaceAll('\\', '/')).slice(1);

async function executable(entry: TreeEntry): Promise<TreeEntry> {
  const command = { ...entry, mode: 0o755 };
  const start = entry.type === 'file' ? await contentOf(entry, 2048) : Buffer.alloc(0);
  if (!/^#![^\n]+\r\n/.test(start.toString())) return command;
  // A shell written on Windows would be looked for as `node\r`.
  const content = Buffer.from((await contentOf(entry)).toString().replace(/^(#![^\n]+)\r\n/, '$1\n'));
  return { ...command, content, size: content.length };
}

/** The content of a file, or its beginning. */
export async function contentOf({ content, size }: TreeEntry, most = size): Promise<Buffer> {
  if (!content) return Buffer.alloc(0);
  if (content instanceof Uint8Array) return Buffer.from(content.subarray(0, most));
  await using file = await open(content.file);
  const { buffer, bytesRead } = await file.read(
    Buffer.alloc(Math.min(size, most)),
    0,
    Math.min(size, most),
    content.offset,
  );
  return buffer.subarray(0, bytesRead);
}
