import { createHash } from 'node:crypto';
import { glob, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** All that decides about the bundle: our source, the versions of what it needs, and how it is made. */
const patterns = ['packages/holdfast/src/**/*.ts', 'script/bundling/*.ts', 'package-lock.json'];

const apart = /\.test\.ts$|\/(bad-input|testing)\//;

/** SHA-256 over all that decides about the bundle. */
export async function inputsOf(root: string): Promise<string> {
  const files = (await Array.fromAsync(glob(patterns, { cwd: root }))).filter(file => !apart.test(file)).sort();
  const contents = await Promise.all(files.map(file => readFile(join(root, file))));
  const hash = createHash('sha256');
  for (const [index, content] of contents.entries()) hash.update(`${files[index]} ${content.length}\n`).update(content);
  return hash.digest('hex');
}
