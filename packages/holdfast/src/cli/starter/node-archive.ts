import { createWriteStream } from 'node:fs';
import { realpath } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { packTar, type TarSource } from 'modern-tar/fs';

/** What the kernel gives every process, and no file. */
const isFile = (object: string): boolean => object.startsWith('/');

/**
 * Makes a root file system of the Node that runs this and of the libraries that it has loaded: an image that runs on
 * this machine's engine without a registry. Gives the archive's name.
 */
export async function nodeOfThisMachine(folder: string, archive: string): Promise<string> {
  const { sharedObjects } = process.report.getReport() as { readonly sharedObjects: readonly string[] };
  const libraries = await Promise.all(sharedObjects.filter(isFile).map(fileAt));
  const sources: TarSource[] = [
    { type: 'file', source: process.execPath, target: 'bin/node' },
    ...libraries.filter(({ source }) => source !== process.execPath),
    {
      type: 'content',
      content: 'root:x:0:0:root:/:/bin/false\napp:x:1000:1000:app:/:/bin/false\n',
      target: 'etc/passwd',
    },
  ];
  const still = { mtime: new Date(0), uid: 0, gid: 0, uname: '', gname: '' };
  const tar = packTar(sources, { map: header => ({ ...header, ...still }) });
  await pipeline(tar, createWriteStream(join(folder, archive)));
  return archive;
}

/** Under the name that it is looked for by, with the content that a link leads to. */
const fileAt = async (path: string): Promise<Extract<TarSource, { type: 'file' }>> => ({
  type: 'file',
  source: await realpath(path),
  target: relative('/', path),
});
