import { readdir, readFile, readlink, stat } from 'node:fs/promises';
import { join } from 'node:path';
import dockerignore from '@balena/dockerignore';

export interface ContextEntry {
  /** Relative to the context, with forward slashes. */
  readonly path: string;
  readonly type: 'file' | 'directory' | 'link';
  readonly executable: boolean;
  /** Of a symbolic link. */
  readonly target?: string;
}

/** Whether a path of the context is left out, by its `.dockerignore`. */
export async function ignoreOf(context: string): Promise<(path: string) => boolean> {
  const rules = await readFile(join(context, '.dockerignore'), 'utf8').catch(() => '');
  const filter = dockerignore.default({ ignorecase: false }).add(rules).createFilter();
  return path => path !== '' && !filter(path);
}

/** Everything in a build context that is not ignored, sorted by path. */
export async function entriesOf(context: string): Promise<readonly ContextEntry[]> {
  const isIgnored = await ignoreOf(context);
  const found = await readdir(context, { recursive: true, withFileTypes: true });
  const kept = found
    .map(entry => ({
      entry,
      path: join(entry.parentPath, entry.name)
        .slice(context.length + 1)
        .replaceAll('\\', '/'),
    }))
    .filter(({ path }) => !isIgnored(path));
  const entries = await Promise.all(kept.map(({ entry, path }) => describe(context, path, entry)));
  return entries.sort((a, b) => (a.path < b.path ? -1 : 1));
}

async function describe(
  context: string,
  path: string,
  entry: { isDirectory(): boolean; isSymbolicLink(): boolean },
): Promise<ContextEntry> {
  if (entry.isDirectory()) return { path, type: 'directory', executable: false };
  if (entry.isSymbolicLink())
    return { path, type: 'link', executable: false, target: await readlink(join(context, path)) };
  const { mode } = await stat(join(context, path));
  return { path, type: 'file', executable: (mode & 0o100) !== 0 };
}
