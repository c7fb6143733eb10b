import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cp, lstat, mkdtemp, readdir, readFile, readlink, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { TreeEntry } from '../../../kit/tree.ts';
import type { StepOf } from '../../../model/spec/recipe.ts';
import type { Architecture } from '../../../ports/distribution.ts';
import { contentOf } from '../npm/bins.ts';
import { npmTree, tarballsOf } from '../npm-ci.ts';

const run = promisify(execFile);

export type Omit = StepOf<'npm-ci'>['omit'];

/** Path → type, mode, and what is in it, of everything below `node_modules`. */
export type Listing = Readonly<Record<string, string>>;

export const stepOf = (folder: string, omit: Omit = [], scripts: readonly string[] = []): StepOf<'npm-ci'> => ({
  do: 'npm-ci',
  folder,
  to: '/app',
  omit,
  scripts,
});

/** What the machine's npm makes of a folder, in a copy of it. */
export async function npmListing(
  folder: string,
  omit: Omit,
  env: NodeJS.ProcessEnv = {},
  architecture: Architecture = 'amd64',
): Promise<Listing> {
  const copy = await mkdtemp(join(tmpdir(), 'hf-npm-ci-'));
  try {
    await cp(folder, copy, { recursive: true, filter: path => !path.includes('/node_modules') });
    const platform = ['--os=linux', '--libc=glibc', `--cpu=${architecture === 'amd64' ? 'x64' : architecture}`];
    const left = omit.map(kind => `--omit=${kind}`);
    const options = ['--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline', '--no-update-notifier'];
    const shell = `umask 022; exec npm ci ${[...options, ...platform, ...left].join(' ')}`;
    await run('sh', ['-c', shell], { cwd: copy, env: { ...process.env, ...env } });
    return await listed(copy);
  } finally {
    await rm(copy, { recursive: true });
  }
}

async function listed(root: string): Promise<Listing> {
  const paths = await Array.fromAsync(walk(root, ''));
  return ofInterest(await Promise.all(paths.map(async path => [path, await described(join(root, path))] as const)));
}

async function* walk(root: string, folder: string): AsyncGenerator<string> {
  for (const found of await readdir(join(root, folder), { withFileTypes: true })) {
    yield join(folder, found.name);
    if (found.isDirectory()) yield* walk(root, join(folder, found.name));
  }
}

async function described(path: string): Promise<string> {
  const found = await lstat(path);
  if (found.isSymbolicLink()) return `link ${await readlink(path)}`;
  const mode = (found.mode & 0o7777).toString(8);
  return found.isDirectory() ? `directory ${mode}` : `file ${mode} ${hashOf(await readFile(path))}`;
}

/** Ours of the same folder, from npm's own cache. */
export async function ourListing(
  folder: string,
  omit: Omit,
  cache: string,
  architecture: Architecture = 'amd64',
): Promise<Listing> {
  const scratch = await mkdtemp(join(tmpdir(), 'hf-npm-ours-'));
  try {
    const step = stepOf('.', omit);
    const files = new Map(
      (await tarballsOf(folder, step, architecture)).map(({ integrity }) => [integrity, cached(cache, integrity)]),
    );
    const { entries } = await npmTree(folder, step, { architecture, files, epoch: 0, scratch });
    return ofInterest(await Promise.all(entries.map(async one => [one.path.slice(4), await written(one)] as const)));
  } finally {
    await rm(scratch, { recursive: true });
  }
}

async function written(entry: TreeEntry): Promise<string> {
  if (entry.type === 'symlink') return `link ${entry.link}`;
  const mode = entry.mode.toString(8);
  return entry.type === 'directory' ? `directory ${mode}` : `file ${mode} ${hashOf(await contentOf(entry))}`;
}

const ofInterest = (lines: readonly (readonly [string, string])[]): Listing =>
  Object.fromEntries(
    lines
      .filter(([path]) => /(^|\/)node_modules(\/|$)/.test(path) && path !== 'node_modules/.package-lock.json')
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );

const hashOf = (data: Uint8Array): string => createHash('sha256').update(data).digest('hex');

/** Where npm keeps what it fetched: cacache, "content-v2". */
export function cached(cache: string, integrity: string): string {
  const [algorithm = '', base64 = ''] = integrity.split(/-(.*)/);
  const hex = Buffer.from(base64, 'base64').toString('hex');
  return join(cache, '_cacache/content-v2', algorithm, hex.slice(0, 2), hex.slice(2, 4), hex.slice(4));
}

export async function npmCache(): Promise<string> {
  const { stdout } = await run('npm', ['config', 'get', 'cache', '--no-workspaces'], { cwd: tmpdir() });
  return stdout.trim();
}
