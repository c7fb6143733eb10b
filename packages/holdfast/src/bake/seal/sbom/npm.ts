import { posix } from 'node:path';
import type { ImageTree } from '../../../ports/image-tree.ts';
import { textAt } from '../examine/tree-facts.ts';
import { type Component, type Licence, purl } from './component.ts';

/**
 * Every npm package that stands in a `node_modules` folder, and this one where a step has put it; one that is there more
 * than once is told once.
 */
export async function npmPackages(tree: ImageTree): Promise<readonly Component[]> {
  const isPlace = (path: string): boolean => manifest.test(path) || isOwn(tree, path);
  const places = [...tree.entries()].map(({ path }) => path).filter(isPlace);
  const locks = new Map<string, Promise<Locked>>();
  const integrityAt = async (place: string): Promise<string | undefined> => {
    const [root, inside] = splitAtFirst(place);
    const lock = locks.get(root) ?? lockedIn(tree, root);
    locks.set(root, lock);
    return (await lock)[inside]?.integrity;
  };
  const all = await Promise.all(
    places.map(async path => componentAt(tree, path, await integrityAt(posix.dirname(path)))),
  );
  return all.filter(one => one !== undefined);
}

const manifest = /(^|\/)node_modules\/(@[^/]+\/)?[^/@.][^/]*\/package\.json$/;

const isOwn = (tree: ImageTree, path: string): boolean =>
  path.endsWith('/package.json') && tree.entry(posix.join(path, '../dist/bundle/main.js')) !== undefined;

/** `app/node_modules/a/node_modules/b` → `app`, `node_modules/a/node_modules/b`. */
function splitAtFirst(place: string): readonly [string, string] {
  const at = place.startsWith('node_modules/') ? 0 : place.indexOf('/node_modules/') + 1;
  return [place.slice(0, Math.max(0, at - 1)), place.slice(at)];
}

type Locked = Readonly<Record<string, { readonly integrity?: string }>>;

/** What npm notes beside what it installed, and what it was installed from. */
async function lockedIn(tree: ImageTree, root: string): Promise<Locked> {
  const paths = ['node_modules/.package-lock.json', 'package-lock.json'].map(path => posix.join(root, path));
  const [noted, lock] = await Promise.all(
    paths.map(async path => json<{ packages?: Locked }>(await textAt(tree, path))),
  );
  return { ...lock?.packages, ...noted?.packages };
}

interface Manifest {
  readonly name?: unknown;
  readonly version?: unknown;
  readonly license?: unknown;
}

async function componentAt(tree: ImageTree, path: string, integrity?: string): Promise<Component | undefined> {
  const { name, version, license } = json<Manifest>(await textAt(tree, path)) ?? {};
  if (typeof name !== 'string' || typeof version !== 'string' || !name || !version) return undefined;
  const [, scope, own = name] = /^(@[^/]+)\/(.+)$/.exec(name) ?? [];
  const of = purl({ type: 'npm', ...(scope && { namespace: scope }), name: own, version });
  return {
    type: 'library',
    'bom-ref': of,
    ...(scope && { group: scope }),
    name: own,
    version,
    ...hashesOf(integrity),
    ...licencesOf(license),
    purl: of,
  };
}

const algorithms = { sha512: 'SHA-512', sha256: 'SHA-256', sha1: 'SHA-1' } as const;

/** Subresource Integrity: `sha512-` and base64. */
function hashesOf(integrity: string | undefined): Pick<Component, 'hashes'> {
  const [, name, value = ''] = /^(sha512|sha256|sha1)-([A-Za-z0-9+/=]+)/.exec(integrity ?? '') ?? [];
  if (name === undefined) return {};
  const content = Buffer.from(value, 'base64').toString('hex');
  return { hashes: [{ alg: algorithms[name as keyof typeof algorithms], content }] };
}

function licencesOf(license: unknown): Pick<Component, 'licenses'> {
  if (typeof license !== 'string' || license === '') return {};
  const isExpression = /^[\w.+() -]+$/.test(license) && !/^(SEE |UNLICENSED)/i.test(license);
  const licence: Licence = isExpression ? { expression: license } : { license: { name: license } };
  return { licenses: [licence] };
}

function json<T>(text: string): T | undefined {
  try {
    const value: unknown = JSON.parse(text.replace(/^\uFEFF/, ''));
    return typeof value === 'object' && value !== null ? (value as T) : undefined;
  } catch {
    return undefined;
  }
}
