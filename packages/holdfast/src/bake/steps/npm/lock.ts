import { readFile } from 'node:fs/promises';
import { join, posix } from 'node:path';
import * as z from 'zod/mini';
import { exitCode, Problem } from '../../../kit/problem.ts';
import { type Manifest, readManifest } from './manifest.ts';

const flag = z.optional(z.boolean());
const text = z.optional(z.string());
const specs = z.optional(z.record(z.string(), z.string()));
const platforms = z.optional(z.union([z.string(), z.array(z.string())]));

/** What matters of an entry; the rest is stripped, so that it doesn't change what an image is known by. */
const entry = z.object({
  name: text,
  version: text,
  integrity: text,
  resolved: text,
  link: flag,
  dev: flag,
  optional: flag,
  devOptional: flag,
  peer: flag,
  inBundle: flag,
  extraneous: flag,
  hasInstallScript: flag,
  bin: z.optional(z.record(z.string(), z.string())),
  os: platforms,
  cpu: platforms,
  libc: platforms,
  dependencies: specs,
  devDependencies: specs,
  optionalDependencies: specs,
  peerDependencies: specs,
  peerDependenciesMeta: z.optional(z.record(z.string(), z.object({ optional: flag }))),
});

const schema = z.object({ lockfileVersion: z.number(), packages: z.optional(z.record(z.string(), entry)) });

/** One entry of `packages` in `package-lock.json`. */
export type LockEntry = z.infer<typeof entry>;

/** A folder's `package.json` and `package-lock.json`, and the `package.json` of each folder that is linked in. */
export interface NpmProject {
  /** By location: the empty text for the folder itself. */
  readonly manifests: ReadonlyMap<string, Manifest>;
  /** By location, relative to the folder: `node_modules/@scope/name`. The folder itself has the empty text. */
  readonly entries: ReadonlyMap<string, LockEntry>;
  /** Path of the lock file, for people. */
  readonly where: string;
}

/** Reads what `npm ci` would. Throws a Problem for what is missing, can't be read or is of another version. */
export async function readProject(folder: string): Promise<NpmProject> {
  const manifest = await readManifest(folder);
  const { where, content } = await readLockText(folder);
  const { data, error } = schema.safeParse(parsed(content, where));
  if (!data) throw unreadable(where, `${error.issues[0]?.path.join(' → ')}: ${error.issues[0]?.message}`);
  if (!data.packages || ![2, 3].includes(data.lockfileVersion)) throw otherVersion(where, data.lockfileVersion);
  const entries = new Map(Object.entries(data.packages));
  for (const [location, { link, resolved }] of entries) mustLieWithin(link ? (resolved ?? '') : location, where);
  const linked = [...entries.values()].flatMap(({ link, resolved = '' }) => (link ? [resolved] : []));
  const others = linked.map(async at => [at, await readManifest(join(folder, at))] as const);
  return { manifests: new Map([...(await Promise.all(others)), ['', manifest]]), entries, where };
}

/** The folder's name in `node_modules`: of an alias, that is not the package's own. */
export const folderName = (location: string): string => location.replace(/^(.*\/)?node_modules\//, '');

/** What the registry calls it. */
export const packageName = (location: string, entry: LockEntry): string => entry.name ?? folderName(location);

export const isInstalled = (location: string): boolean => /(^|\/)node_modules\//.test(location);

/** npm takes the first of these. */
const lockNames = ['npm-shrinkwrap.json', 'package-lock.json'];

async function readLockText(folder: string): Promise<{ readonly where: string; readonly content: string }> {
  for (const name of lockNames) {
    const where = join(folder, name);
    const content = await readFile(where, 'utf8').catch(() => undefined);
    if (content !== undefined) return { where, content };
  }
  throw new Problem({
    what: `${join(folder, 'package-lock.json')} is not there`,
    why: 'npm.ci installs what it names, and nothing else',
    fix: 'run `npm install` in that folder, and keep package-lock.json with the code',
    exit: exitCode.wrongUse,
  });
}

function parsed(content: string, where: string): unknown {
  try {
    return JSON.parse(content.replace(/^\ufeff/, ''));
  } catch (error) {
    throw unreadable(where, (error as Error).message);
  }
}

const unreadable = (where: string, why: string): Problem =>
  new Problem({
    what: 'a package-lock.json can not be read',
    where,
    why,
    fix: 'bring it back from version control, or run `npm install`',
    exit: exitCode.wrongUse,
  });

const otherVersion = (where: string, version: number): Problem =>
  new Problem({
    what: `a package-lock.json is of version ${version}`,
    where,
    why: 'npm 7 and later write versions 2 and 3, which say where each package is put',
    fix: 'run `npm install` with npm 7 or later, which brings it up to date',
    exit: exitCode.wrongUse,
  });

function mustLieWithin(location: string, where: string): void {
  const path = posix.normalize(location);
  if (location === path.replace(/\/$/, '') || location === '' || location === '.') {
    if (!path.startsWith('../') && path !== '..' && !path.startsWith('/')) return;
  }
  throw new Problem({
    what: `a package-lock.json names ${location}, outside of its folder`,
    where,
    why: 'an image gets what is in the folder, so that it is the same wherever it is made',
    fix: 'give npm.ci the folder of the whole workspace, or publish that package',
    exit: exitCode.wrongUse,
  });
}
