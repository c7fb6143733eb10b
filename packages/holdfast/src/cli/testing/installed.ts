import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { packageFolder } from '../version.ts';

const root = join(packageFolder, '../..');
const folder = join(root, '.cache/installed');

/** What the published package has that runs. */
const pieces = ['package.json', 'bin', 'dist/bundle'];

/** In milliseconds. By then nobody uses what was made of another source. */
const day = 86_400_000;

let found: string | undefined;

/**
 * The package as a user has it, made of this work tree: without the source, which would be used in its place and takes
 * three times as long to begin.
 */
export function installedPackage(): string {
  found ??= install();
  return found;
}

function install(): string {
  execFileSync(join(root, 'script/bundle'), { stdio: 'inherit' });
  const place = join(folder, readFileSync(join(packageFolder, 'dist/bundle.inputs'), 'utf8').slice(0, 16));
  if (existsSync(place)) return place;
  const draft = `${place}.${process.pid}`;
  for (const piece of pieces) cpSync(join(packageFolder, piece), join(draft, piece), { recursive: true });
  try {
    renameSync(draft, place);
  } catch (error) {
    rmSync(draft, { recursive: true });
    if (!existsSync(place)) throw error;
  }
  prune();
  return place;
}

function prune(): void {
  for (const name of readdirSync(folder)) {
    const { mtimeMs } = statSync(join(folder, name), { throwIfNoEntry: false }) ?? { mtimeMs: Date.now() };
    if (Date.now() - mtimeMs > day) rmSync(join(folder, name), { recursive: true, force: true });
  }
}
