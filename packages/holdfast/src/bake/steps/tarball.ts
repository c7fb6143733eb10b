import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { unpackTar } from 'modern-tar';
import type { TreeEntry } from '../../kit/tree.ts';
import { made } from './entries.ts';

const unzip = promisify(gunzip);

/** What is in a package's tarball, without its first folder. Links are left out, as npm does. */
export async function entriesOfTarball(tarball: string, _scratch: string): Promise<readonly TreeEntry[]> {
  const files = await unpackTar(await unzip(await readFile(tarball)));
  const entries = files.flatMap(({ header, data }) => {
    const path = header.name
      .replace(/^\/+|\/+$/g, '')
      .split('/')
      .slice(1)
      .join('/');
    if (path === '') return [];
    if (header.type === 'directory') return [made.directory(path, 0)];
    if (header.type !== 'file' || !data) return [];
    return [made.file(path, (header.mode ?? 0) & 0o777, data, data.length, 0)];
  });
  const paths = new Set(entries.map(({ path }) => path));
  return entries.flatMap(entry => {
    const path = entry.type === 'file' ? entry.path.replace(/(^|\/)\.gitignore$/, '$1.npmignore') : entry.path;
    return path !== entry.path && paths.has(path) ? [] : [{ ...entry, path }];
  });
}
