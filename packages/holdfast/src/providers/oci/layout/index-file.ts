import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { randomId } from '../../../kit/id.ts';
import { inTurn } from '../../../kit/in-turn.ts';
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
  await inTurn({ lock: join(folder, 'index.json.lock'), what: 'the OCI layout', signal }, async () => {
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
