import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');

/** What the published package has that runs. */
const pieces = ['package.json', 'bin', 'dist/bundle'];

let folder: string | undefined;

/**
 * The package as a user has it, made of this work tree: without the source, which would be used in its place and takes
 * three times as long to begin. It goes when this process ends.
 */
export function installedPackage(): string {
  folder ??= install();
  return folder;
}

function install(): string {
  execFileSync(join(root, 'script/bundle'), { stdio: 'inherit' });
  const made = mkdtempSync(join(tmpdir(), 'holdfast-installed-'));
  process.on('exit', () => rmSync(made, { recursive: true, force: true }));
  for (const piece of pieces) cpSync(join(root, 'packages/holdfast', piece), join(made, piece), { recursive: true });
  return made;
}
