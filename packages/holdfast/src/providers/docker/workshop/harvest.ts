import { open } from 'node:fs/promises';
import { posix } from 'node:path';
import type Docker from 'dockerode';
import { Problem } from '../../../kit/problem.ts';
import { entriesFrom } from '../../../kit/tar/read.ts';
import type { TreeChange, TreeEntry } from '../../../kit/tree.ts';
import type { Task } from '../../../ports/workshop.ts';
import type { Frame } from '../inside/frames.ts';
import { errand } from './errand.ts';
import { after, before } from './script.ts';

/** Remembers what is there. */
export async function look(container: Docker.Container, work: Task): Promise<void> {
  const said: string[] = [];
  const { code } = await errand(container, { command: ['sh', '-c', before] }, async frames => {
    for await (const _ of outOf(frames, said));
  });
  if (code !== 0) throw unable(work, said);
}

/** What is not as it was, with the content in the file. */
export async function harvest(container: Docker.Container, work: Task, file: string): Promise<TreeChange> {
  const said: string[] = [];
  const { code, heard } = await errand(container, { command: ['sh', '-c', after] }, frames =>
    entriesFrom(outOf(frames, said), file).catch(cause => Promise.reject(unable(work, said, cause))),
  );
  const [was, is, ...entries] = heard;
  if (code !== 0 || !was || !is) throw unable(work, said);
  return { entries, removed: removedOf(await listIn(was), new Set(await listIn(is)), entries) };
}

async function* outOf(frames: AsyncIterable<Frame>, said: string[]): AsyncGenerator<Uint8Array> {
  for await (const { stream, bytes } of frames)
    if (stream === 'stdout') yield bytes;
    else said.push(...bytes.toString('utf8').trim().split('\n'));
}

/** Paths that went: of a folder itself alone, and none below what is no folder any more. */
function removedOf(was: readonly string[], is: ReadonlySet<string>, changed: readonly TreeEntry[]) {
  const noFolders = new Set(changed.filter(({ type }) => type !== 'directory').map(({ path }) => path));
  return was.filter(path => {
    const folder = posix.dirname(path);
    return !is.has(path) && (folder === '.' || is.has(folder)) && !noFolders.has(folder);
  });
}

async function listIn({ content, size }: TreeEntry): Promise<readonly string[]> {
  if (!content) return [];
  const bytes = content instanceof Uint8Array ? content : await bytesAt(content.file, content.offset, size);
  const paths = Buffer.from(bytes).toString('utf8').split('\0');
  return paths.filter(Boolean).map(path => path.replace(/^\.\//, ''));
}

async function bytesAt(file: string, offset: number, size: number): Promise<Uint8Array> {
  await using handle = await open(file);
  const { buffer } = await handle.read(Buffer.alloc(size), 0, size, offset);
  return buffer;
}

const unable = ({ about }: Task, said: readonly string[], cause?: unknown): Problem =>
  new Problem({
    what: `${about}: what changed can't be told`,
    why: said.at(-1) ?? (cause instanceof Error ? cause.message : 'the container said nothing'),
    fix: 'it needs sh, find, tar and sleep in the image, as Debian has them',
    evidence: said.slice(-20),
    cause,
  });
