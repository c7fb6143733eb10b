import type { ImageTree } from '../../ports/image-tree.ts';
import { alpinePackages } from '../seal/sbom/alpine.ts';
import type { Component } from '../seal/sbom/component.ts';
import { debianPackages } from '../seal/sbom/debian.ts';
import { nodejsIn } from '../seal/sbom/nodejs.ts';
import { npmPackages } from '../seal/sbom/npm.ts';
import { osReleaseOf } from '../seal/sbom/release.ts';

export type PackageKind = 'debian' | 'alpine' | 'npm' | 'program';

/** One package by name, and which versions of it are there: npm may have several. */
export interface PackageChange {
  readonly kind: PackageKind;
  readonly name: string;
  /** Empty for one that was added. */
  readonly from: readonly string[];
  /** Empty for one that was removed. */
  readonly to: readonly string[];
}

/** Versions, sorted, by kind and name. */
type Packages = ReadonlyMap<string, { readonly kind: PackageKind; readonly name: string; readonly versions: string[] }>;

/** Which packages were added, removed, or have another version. By kind and name. */
export async function packageChanges(a: ImageTree, b: ImageTree): Promise<readonly PackageChange[]> {
  const [before, after] = await Promise.all([packagesOf(a), packagesOf(b)]);
  return [...new Set([...before.keys(), ...after.keys()])].sort().flatMap(key => {
    const [from, to] = [before.get(key), after.get(key)];
    const { kind, name } = from ?? to ?? { kind: 'program', name: key };
    const change = { kind, name, from: from?.versions ?? [], to: to?.versions ?? [] };
    return String(change.from) === String(change.to) ? [] : [change];
  });
}

async function packagesOf(tree: ImageTree): Promise<Packages> {
  const release = (await osReleaseOf(tree)) ?? { id: 'linux', version: '', name: 'linux' };
  const all: readonly (readonly [PackageKind, readonly Component[]])[] = [
    ['debian', await debianPackages(tree, release)],
    ['alpine', await alpinePackages(tree, release)],
    ['npm', await npmPackages(tree)],
    ['program', await nodejsIn(tree)],
  ];
  const found = new Map<string, { kind: PackageKind; name: string; versions: string[] }>();
  for (const [kind, components] of all)
    for (const { group, name, version } of components) {
      const full = group === undefined ? name : `${group}/${name}`;
      const known = found.get(`${kind} ${full}`) ?? { kind, name: full, versions: [] };
      if (!known.versions.includes(version)) known.versions.push(version);
      known.versions.sort();
      found.set(`${kind} ${full}`, known);
    }
  return found;
}
