import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type AptSource, oneLineSources, paragraphSources } from './apt-source.ts';

/** The sources of this machine's apt, in the order in which apt reads them. None where there is no apt. */
export async function aptSources(folder: string): Promise<readonly AptSource[]> {
  const parts = join(folder, 'sources.list.d');
  const files = (await orNone(readdir(parts), [])).filter(name => aptReads.test(name)).sort();
  const paths = [join(folder, 'sources.list'), ...files.map(name => join(parts, name))];
  return (await Promise.all(paths.map(sourcesIn))).flat();
}

/** apt passes over file names with other characters, and over those with another ending. */
const aptReads = /^[\w.-]+\.(list|sources)$/;

async function sourcesIn(path: string): Promise<readonly AptSource[]> {
  const text = await orNone(readFile(path, 'utf8'), '');
  return path.endsWith('.sources') ? paragraphSources(text) : oneLineSources(text);
}

async function orNone<T>(read: Promise<T>, none: T): Promise<T> {
  try {
    return await read;
  } catch (error) {
    if (['ENOENT', 'ENOTDIR', 'EACCES'].includes((error as NodeJS.ErrnoException).code ?? '')) return none;
    throw error;
  }
}
