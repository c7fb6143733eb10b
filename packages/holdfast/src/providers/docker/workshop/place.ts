import { posix } from 'node:path';
import { Readable } from 'node:stream';
import type Docker from 'dockerode';
import { tarOf } from '../../../kit/tar/write.ts';
import type { TreeEntry } from '../../../kit/tree.ts';
import { errand } from './errand.ts';
import type { Room } from './room.ts';
import { overlaid } from './script.ts';

/**
 * Puts files into the container. The engine's own unpacking takes four times the processor time of tar's: of much, it
 * unpacks only what tar itself needs, and tar the rest.
 */
export async function place({ container }: Room, fresh: readonly TreeEntry[], signal: AbortSignal): Promise<void> {
  const entries = inOrder(fresh.filter(({ path }) => !overlaid.includes(`/${path}`)));
  if (entries.length === 0) return;
  if (sizeOf(entries) < much) return byEngine(container, entries, signal);
  const first = entries.filter(isNeededByTar);
  await byEngine(container, first, signal);
  // Where there is no tar, or none that knows these options, the engine can do it all.
  if (
    await byTar(
      container,
      entries.filter(({ path }) => !mounted.has(path)),
    )
  )
    return;
  signal.throwIfAborted();
  await byEngine(container, entries, signal);
}

/** From here on it pays to start a process for it, in bytes. */
const much = 16 << 20;

const sizeOf = (entries: readonly TreeEntry[]): number => entries.reduce((sum, { size }) => sum + size, 0);

/** Both take files in the order in which they come: folders come before what is in them, and links last. */
function inOrder(entries: readonly TreeEntry[]): readonly TreeEntry[] {
  const sorted = entries.toSorted((a, b) => (a.path < b.path ? -1 : 1));
  const isLink = ({ type }: TreeEntry) => type === 'hardlink';
  return [...sorted.filter(entry => !isLink(entry)), ...sorted.filter(isLink)];
}

/** Also the folders that its links lead to; a library that a later tar needs besides is one that the engine must bring. */
const isNeededByTar = ({ path, type }: TreeEntry): boolean =>
  type === 'directory' || type === 'symlink' || path === 'usr/bin/tar' || libraries.test(posix.basename(path));

const libraries = /^(ld-linux|lib(c|acl|selinux|pcre2-8)\.so)/;

async function byEngine(
  container: Docker.Container,
  entries: readonly TreeEntry[],
  signal: AbortSignal,
): Promise<void> {
  await container.putArchive(Readable.from(tarOf(entries)), { path: '/', abortSignal: signal });
}

/** What the container runtime mounts: what it is over was made by the engine. */
const mounted: ReadonlySet<string> = new Set(['dev', 'proc', 'sys']);

const tar = [
  'tar',
  '--extract',
  '--file=-',
  '--directory=/',
  '--numeric-owner',
  '--same-owner',
  '--same-permissions',
  '--keep-directory-symlink',
  '--xattrs',
  '--xattrs-include=security.capability',
];

async function byTar(container: Docker.Container, entries: readonly TreeEntry[]): Promise<boolean> {
  const input = tarOf(entries, { reuse: true });
  const { code } = await errand(container, { command: tar, input }, async frames => {
    for await (const _ of frames);
  });
  return code === 0;
}
