import { exitCode, Problem } from '../../../kit/problem.ts';
import type { LockedTarball } from '../../../ports/npm-registry.ts';
import { type Edge, edgesOf } from './edges.ts';
import type { NpmProject } from './lock.ts';
import type { Selected } from './selection.ts';

/** The tarballs that the packages are in, each once. What is linked, or came with its parent, has none of its own. */
export function fetchable(project: NpmProject, packages: readonly Selected[]): readonly LockedTarball[] {
  const byUrl = new Map(
    edgesOf(project)
      .filter(isUrl)
      .map(({ to, spec }) => [to, spec]),
  );
  const tarballs = packages.filter(hasTarball).map(one => {
    const { name, location, entry } = one;
    const url = /^(git|file:)/.exec(entry.resolved ?? '') ? entry.resolved : byUrl.get(location);
    if (url !== undefined) throw notFromRegistry(name, url, project.where);
    return { name, version: entry.version ?? '', integrity: integrityOf(one, project.where) };
  });
  return [...new Map(tarballs.map(tarball => [tarball.integrity, tarball])).values()];
}

export const hasTarball = ({ entry, isBundled }: Selected): boolean => !entry.link && !isBundled;

const isUrl = ({ spec }: Edge): boolean => /^https?:/.test(spec);

/** The strongest of what may be several: `sha1-… sha512-…`. */
export function integrityOf({ name, entry }: Selected, where: string): string {
  const hashes = (entry.integrity ?? '').split(/\s+/);
  const best = hashes.find(hash => hash.startsWith('sha512-')) ?? hashes.find(hash => hash.startsWith('sha1-'));
  if (best !== undefined) return best.replace(/\?.*$/, '');
  throw new Problem({
    what: `npm package ${name} has no integrity in package-lock.json`,
    where,
    why: 'only of what has a hash can it be known that it is the same tomorrow',
    fix: 'remove node_modules and package-lock.json, and run `npm install`',
    exit: exitCode.wrongUse,
  });
}

const notFromRegistry = (name: string, url: string, where: string): Problem =>
  new Problem({
    what: `npm package ${name} comes from ${url.replace(/\/\/[^/@]*@/, '//')}`,
    where,
    why: 'npm.ci takes packages of the registry, which are known by a hash; a git repository has none',
    fix: 'publish it to your registry, or make it a workspace of this folder',
    exit: exitCode.wrongUse,
  });
