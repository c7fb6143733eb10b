import { createHash } from 'node:crypto';
import { join } from 'node:path';
import pLimit from 'p-limit';
import { Problem } from '../../kit/problem.ts';
import type { Downloads, WantedDocument, WantedFile } from '../../ports/downloads.ts';
import type { Route } from './agents.ts';
import { type FileStore, fileStore } from './file-store.ts';
import type { Get, GetOptions } from './get.ts';
import { Setback } from './setback.ts';
import { type Patience, tried } from './tries.ts';

export interface DownloadsOptions extends Route, Partial<Patience> {
  /** The folder in which `files/` is kept. Made when something is fetched. */
  readonly store: string;
  /** Milliseconds without a byte after which a place is given up. Default: 20 s. */
  readonly silence?: number;
  /** Milliseconds after which one that brings less than 1 kB a second is given up too. Default: 60 s. */
  readonly crawl?: number;
  /** How many files are fetched at a time. Default: 8, of which measurement showed no gain beyond. */
  readonly atOnce?: number;
}

/** Five tries in all. */
const usualPauses = [500, 1_000, 2_000, 4_000];

/** Downloads over http and https, kept in a folder by their digests. */
export function downloads(options: DownloadsOptions): Downloads {
  const { store, silence = 20_000, crawl = 60_000, atOnce = 8, pauses = usualPauses } = options;
  const contacted = new Set<string>();
  let opened: Promise<Get> | undefined;
  // What is in the store needs none of what reaches the world, which takes a tenth of a second to load.
  const get: Get = async (...ask) => {
    opened ??= openGetter(options, { silence, crawl, contacted });
    return (await opened)(...ask);
  };
  const files = fileStore(join(store, 'files'));
  const [reading, fetching] = [pLimit(atOnce), pLimit(atOnce)];
  return {
    contacted,
    has: digest => files.has(digest),

    async file(wanted, signal) {
      const found = await reading(() => files.look(wanted.digest, signal));
      if (found !== 'whole')
        await fetching(() => tried(wanted, { pauses }, url => fetched(files, get, url, wanted, signal), signal)).catch(
          found === 'damaged' ? withoutDamaged(files, wanted) : undefined,
        );
      return files.pathOf(wanted.digest);
    },

    document: (wanted, signal) =>
      fetching(() => tried(wanted, { pauses }, url => document(get, url, wanted, signal), signal)),
  } satisfies Downloads;
}

async function openGetter(route: Route, manner: Omit<GetOptions, 'agentFor'>): Promise<Get> {
  const [{ agents }, { getter }] = await Promise.all([import('./agents.ts'), import('./get.ts')]);
  return getter({ agentFor: agents(route), ...manner });
}

async function fetched(
  files: FileStore,
  get: Get,
  url: string,
  wanted: WantedFile,
  signal: AbortSignal,
): Promise<void> {
  const bytes = await get(url, wanted.headers ?? {}, signal);
  await files.keep(wanted.digest, draft => draft.writeFile(verified(bytes, wanted), { signal }));
}

/** Lets through what is wanted, and throws a {@link Setback} as soon as it can't be that. */
async function* verified(bytes: AsyncIterable<Uint8Array>, { digest, size }: WantedFile): AsyncGenerator<Uint8Array> {
  const sum = createHash(digest.algorithm);
  let length = 0;
  for await (const piece of bytes) {
    length += piece.length;
    if (size !== undefined && length > size) throw tooLong(size);
    sum.update(piece);
    yield piece;
  }
  if (size !== undefined && length < size)
    throw new Setback(`sent ${length} bytes in place of ${size}`, { isFinal: false });
  const hex = sum.digest('hex');
  // Of unknown size, it may have been cut off: that is worth another try.
  if (hex !== digest.hex)
    throw new Setback(`sent other bytes: their ${digest.algorithm} is ${hex} in place of ${digest.hex}`, {
      isFinal: size !== undefined,
    });
}

async function document(get: Get, url: string, wanted: WantedDocument, signal: AbortSignal): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of await get(url, wanted.headers ?? {}, signal)) {
    length += piece.length;
    if (length > wanted.limit) throw tooLong(wanted.limit);
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

const tooLong = (limit: number): Setback =>
  new Setback(`sent more than the ${limit} bytes that were to be expected`, { isFinal: true });

/** What is known to be wrong must not look as if it were there. */
const withoutDamaged =
  (files: FileStore, { digest, about }: WantedFile) =>
  async (error: unknown) => {
    await files.remove(digest);
    if (!(error instanceof Problem)) throw error;
    const { parts } = error;
    throw new Problem({
      ...parts,
      what: `${about} was damaged in the store, and can't be fetched again`,
      why: `${files.pathOf(digest)} was not what its name says, and was removed; ${parts.why}`,
    });
  };
