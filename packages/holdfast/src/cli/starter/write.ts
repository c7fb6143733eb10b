import { access, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Those of the files that are in the folder. */
export async function alreadyThere(folder: string, files: readonly string[]): Promise<readonly string[]> {
  const found = await Promise.all(files.map(file => isThere(join(folder, file))));
  return files.filter((_, at) => found[at]);
}

const isThere = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

/** Writes those that are not there; gives their names. */
export async function writeNew(folder: string, files: Readonly<Record<string, string>>): Promise<string[]> {
  const written: string[] = [];
  for (const [file, text] of Object.entries(files)) {
    const isNew = await writeFile(join(folder, file), text, { flag: 'wx' }).then(() => true, unlessThere);
    if (isNew) written.push(file);
  }
  return written;
}

function unlessThere(error: NodeJS.ErrnoException): false {
  if (error.code !== 'EEXIST') throw error;
  return false;
}

/** Adds lines to a file of lines; false where it had them all. */
export async function withLines(folder: string, file: string, lines: readonly string[]): Promise<boolean> {
  const path = join(folder, file);
  const had = await readFile(path, 'utf8').catch(() => '');
  const missing = lines.filter(line => !had.split(/\r?\n/).includes(line));
  if (missing.length === 0) return false;
  const start = had === '' || had.endsWith('\n') ? had : `${had}\n`;
  await writeFile(path, `${start}${missing.join('\n')}\n`);
  return true;
}

/** Makes a package.json that says nothing about it one of modules, as system.ts is written; false where it stays. */
export async function asModule(folder: string): Promise<boolean> {
  const path = join(folder, 'package.json');
  const manifest: object = JSON.parse(await readFile(path, 'utf8'));
  if ('type' in manifest) return false;
  await writeFile(path, `${JSON.stringify({ ...manifest, type: 'module' }, null, 2)}\n`);
  return true;
}
