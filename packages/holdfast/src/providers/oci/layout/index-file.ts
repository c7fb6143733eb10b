import { type FileHandle, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import { exitCode, Problem } from '../../../kit/problem.ts';
import { type Descriptor, descriptor, mediaTypes } from '../format.ts';

const indexForm = z.looseObject({ schemaVersion: z.literal(2), manifests: z.array(descriptor) });

export type Index = z.infer<typeof indexForm>;

const refName = 'org.opencontainers.image.ref.name';

export const tagOf = ({ annotations }: Descriptor): string | undefined => annotations?.[refName];

/** What `index.json` of a layout says; one of no images where there is none. */
export async function readIndex(folder: string): Promise<Index> {
  const file = join(folder, 'index.json');
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (text === undefined) return { schemaVersion: 2, mediaType: mediaTypes.index, manifests: [] };
  try {
    return indexForm.parse(JSON.parse(text));
  } catch (cause) {
    throw new Problem({
      what: 'the index of an OCI layout is not understood',
      where: file,
      why: (cause as Error).message,
      fix: 'name an empty folder, or take the file away',
      exit: exitCode.wrongUse,
      cause,
    });
  }
}

/** Gives the tag to this manifest; those of other tags stay. */
export async function tagInIndex(
  folder: string,
  tag: string,
  manifest: Descriptor,
  signal: AbortSignal,
): Promise<void> {
  await inTurn(folder, signal, async draft => {
    const index = await readIndex(folder);
    const others = index.manifests.filter(one => tagOf(one) !== tag);
    const tagged = { ...manifest, annotations: { [refName]: tag } };
    await draft.writeFile(JSON.stringify({ ...index, manifests: [...others, tagged] }));
  });
}

/** A process that was killed leaves its draft; none takes this long, in milliseconds. */
const longest = 10_000;

/** The draft of the next index is the lock as well: it can be made by one at a time, and becomes the index as a whole. */
async function inTurn(folder: string, signal: AbortSignal, fill: (draft: FileHandle) => Promise<void>): Promise<void> {
  const draft = join(folder, 'index.json.lock');
  const file = await firstIn(draft, signal);
  try {
    await fill(file);
    await file.sync();
    await rename(draft, join(folder, 'index.json'));
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  } finally {
    await file.close();
  }
}

async function firstIn(draft: string, signal: AbortSignal): Promise<FileHandle> {
  for (;;) {
    const file = await open(draft, 'wx').catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
    if (file) return file;
    const since = (await stat(draft).catch(() => undefined))?.mtimeMs;
    if (since !== undefined && Date.now() - since > longest) await rm(draft, { force: true });
    await wait(20, undefined, { signal }).catch(() => signal.throwIfAborted());
  }
}
