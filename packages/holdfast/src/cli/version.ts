import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The folder of this copy of the package, whether it runs from source or as published. */
export const packageFolder = join(import.meta.dirname, '../..');

export const version = (folder = packageFolder): string =>
  (JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string }).version;
