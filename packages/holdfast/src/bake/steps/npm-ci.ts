import { join, posix } from 'node:path';
import { Problem } from '../../kit/problem.ts';
import type { TreeEntry } from '../../kit/tree.ts';
import type { StepOf } from '../../model/spec/recipe.ts';
import type { Architecture } from '../../ports/distribution.ts';
import type { LockedTarball } from '../../ports/npm-registry.ts';
import { inTree, made } from './entries.ts';
import { mustAgree } from './npm/agreement.ts';
import { linkBins } from './npm/bins.ts';
import { fetchable } from './npm/fetchable.ts';
import { readProject } from './npm/lock.ts';
import { placed, type Tree } from './npm/place.ts';
import { type InstallScripts, installScripts } from './npm/scripts.ts';
import { selected } from './npm/selection.ts';

type NpmCi = StepOf<'npm-ci'>;

/** What an installation depends on, as plain data: not licences, not where packages were fetched from. */
export async function npmInputs(root: string, { folder }: NpmCi): Promise<unknown> {
  const { manifests, entries } = await readProject(join(root, folder));
  const keys = [...entries].map(([at, entry]) => [at, keyOf(entry)]);
  return { manifests: Object.fromEntries(manifests), entries: Object.fromEntries(keys) };
}

/** The URL of a package says only where it was fetched from; of a link it says where it leads. */
const keyOf = <T extends { readonly link?: boolean | undefined; readonly resolved?: string | undefined }>(entry: T) => {
  const { resolved, ...rest } = entry;
  return entry.link ? { ...rest, resolved } : rest;
};

/** The packages that have to be fetched. Throws a Problem where `npm ci` would refuse. */
export async function tarballsOf(
  root: string,
  step: NpmCi,
  architecture: Architecture,
): Promise<readonly LockedTarball[]> {
  const project = await readProject(join(root, step.folder));
  mustAgree(project);
  return fetchable(project, selected(project, step, architecture));
}

export interface NpmContext {
  readonly architecture: Architecture;
  /** Where the tarballs are, by integrity. */
  readonly files: ReadonlyMap<string, string>;
  /** Seconds since 1970. */
  readonly epoch: number;
  /** A folder for what is unpacked, which stays until the layer is written. */
  readonly scratch: string;
}

export interface NpmTree {
  readonly entries: readonly TreeEntry[];
  readonly scripts: InstallScripts;
}

/**
 * What `npm ci --ignore-scripts` would put into the folder, and which install scripts are left to be run. Without
 * `node_modules/.package-lock.json`: npm keeps it to start faster the next time, and it names the registry's host.
 */
export async function npmTree(root: string, step: NpmCi, context: NpmContext): Promise<NpmTree> {
  const project = await readProject(join(root, step.folder));
  const packages = selected(project, step, context.architecture);
  const tree = await placed(packages, { ...context, where: project.where });
  await linkBins(tree, packages, context.epoch);
  const scripts = await installScripts(tree, packages, step, project.where);
  return { entries: atPlace(tree, inTree(step.to), context.epoch), scripts };
}

/** Under the folder's path in the image, with the folders that are implied. */
function atPlace(tree: Tree, to: string, epoch: number): readonly TreeEntry[] {
  const all = new Map(to === '' ? [] : [[to, made.directory(to, epoch)]]);
  for (const entry of tree.values()) {
    const path = posix.join(to, entry.path);
    all.set(path, { ...entry, path });
  }
  for (const path of [...all.keys()])
    for (let folder = posix.dirname(path); folder.length > to.length && folder !== '.'; folder = posix.dirname(folder))
      if (!all.has(folder)) all.set(folder, made.directory(folder, epoch));
      else if (all.get(folder)?.type !== 'directory') throw bothAtOnce(folder);
  return [...all.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
}

const bothAtOnce = (path: string): Problem =>
  new Problem({
    what: `${path} is a file and a folder at once`,
    why: 'the tarball of an npm package has it twice',
    fix: 'take another version of that package',
  });
