import { createReadStream, createWriteStream } from 'node:fs';
import { basename, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { randomId } from '../../kit/id.ts';
import { Problem } from '../../kit/problem.ts';
import { entriesIn } from '../../kit/tar/read.ts';
import type { TreeEntry } from '../../kit/tree.ts';

/**
 * The files in an npm package's tarball, as npm's pacote unpacks it: without the first folder, without links and empty
 * folders, and with `.gitignore` called `.npmignore`. It is written to a file in `scratch`, which has the content. Throws a Problem for
 * what is damaged, leads out of it, or unpacks to more than `most` bytes.
 */
export async function entriesOfTarball(
  tarball: string,
  scratch: string,
  most: number = largest,
): Promise<readonly TreeEntry[]> {
  const tar = join(scratch, `${basename(tarball)}.${randomId()}.tar`);
  const unzip = createGunzip({ chunkSize: 1 << 18 });
  const written = pipeline(createReadStream(tarball), unzip, bounded(most), createWriteStream(tar));
  await written.catch(cause => {
    throw damaged(tarball, cause);
  });
  return withoutGitignore(entriesIn(tar).flatMap(inPackage));
}

/** The largest packages there are have some hundred megabytes; what is made to fill a disk has no end. */
const largest = 2 * 2 ** 30;

const bounded = (most: number) =>
  async function* (chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    let total = 0;
    for await (const chunk of chunks) {
      total += chunk.length;
      if (total > most) throw new Error(`it has more than ${most} bytes`);
      yield chunk;
    }
  };

function inPackage(entry: TreeEntry): readonly TreeEntry[] {
  const path = entry.path.split('/').slice(1).join('/');
  return path !== '' && entry.type === 'file' ? [{ ...entry, path }] : [];
}

function withoutGitignore(entries: readonly TreeEntry[]): readonly TreeEntry[] {
  const paths = new Set(entries.map(({ path }) => path));
  return entries.flatMap(entry => {
    const path = entry.path.replace(/(^|\/)\.gitignore$/, '$1.npmignore');
    return path !== entry.path && paths.has(path) ? [] : [{ ...entry, path }];
  });
}

const damaged = (tarball: string, cause: unknown): Problem =>
  new Problem({
    what: 'an npm package can not be unpacked',
    where: tarball,
    why: (cause as Error).message,
    fix: 'remove that file, so that it is fetched anew; if that does not help, take another version of the package',
    cause,
  });
