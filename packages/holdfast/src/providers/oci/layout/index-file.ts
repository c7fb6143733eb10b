import { readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import { randomId } from '../../../kit/id.ts';
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
  await inTurn(join(folder, 'index.json.lock'), signal, async () => {
    const index = await readIndex(folder);
    const others = index.manifests.filter(one => tagOf(one) !== tag);
    const tagged = { ...manifest, annotations: { [refName]: tag } };
    await replace(join(folder, 'index.json'), JSON.stringify({ ...index, manifests: [...others, tagged] }));
  });
}

async function replace(file: string, text: string): Promise<void> {
  const draft = `${file}.${process.pid}.${randomId()}`;
  try {
    await writeFile(draft, text, { flush: true });
    await rename(draft, file);
  } finally {
    await rm(draft, { force: true });
  }
}

/** Nobody holds a lock this long, in milliseconds, but who was killed. */
const longest = 10_000;

async function inTurn(lock: string, signal: AbortSignal, work: () => Promise<void>): Promise<void> {
  const start = performance.now();
  while (!(await holding(lock, work))) {
    signal.throwIfAborted();
    if (performance.now() - start > 6 * longest) throw held(lock);
    // One at a time takes an old lock away, and looks again before: it may be another's by then.
    if (await isOld(lock))
      await holding(`${lock}.old`, async () => (await isOld(lock)) && (await rm(lock, { force: true })));
    await wait(20, undefined, { signal }).catch(() => signal.throwIfAborted());
  }
}

/** Whether the work was done; it is not where another holds the lock. */
async function holding(lock: string, work: () => Promise<unknown>): Promise<boolean> {
  try {
    await writeFile(lock, '', { flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
  try {
    await work();
    return true;
  } finally {
    await rm(lock, { force: true });
  }
}

async function isOld(lock: string): Promise<boolean> {
  const found = await stat(lock).catch(() => undefined);
  return found !== undefined && Date.now() - found.mtimeMs > longest;
}

const held = (lock: string): Problem =>
  new Problem({
    what: 'another process is writing to the OCI layout, and does not come to an end',
    where: lock,
    fix: 'if there is none, take the file away, and the one of the same name that ends in .old',
    exit: exitCode.unreachable,
    retry: true,
  });
