import type { ImageConfig } from '../../model/spec/recipe.ts';
import type { ImageTree } from '../../ports/image-tree.ts';
import { setIdFiles } from '../seal/examine/whole-image.ts';
import { type FileChange, fileChanges } from './file-changes.ts';
import { type OwnerOf, ownersIn } from './owners.ts';
import { type PackageChange, packageChanges } from './package-changes.ts';
import { type SettingChange, settingChanges } from './setting-changes.ts';

export interface Comparable {
  readonly settings: ImageConfig;
  readonly tree: ImageTree;
}

/** Files that changed and belong together. */
export interface FileGroup {
  /** `package nginx`, `npm package zod`, `folder /app`. */
  readonly owner: string;
  readonly count: Readonly<Record<FileChange['change'], number>>;
  /** The first of them. */
  readonly files: readonly FileChange[];
}

/** What changed between two images, as a person asks it. Plain data. */
export interface ImageDifference {
  readonly packages: readonly PackageChange[];
  /** Groups with the most changes first. */
  readonly files: readonly FileGroup[];
  readonly settings: readonly SettingChange[];
  /** Absolute paths of programs that began to run as their owner, and of those that ceased to. */
  readonly setId: { readonly added: readonly string[]; readonly removed: readonly string[] };
  /** Bytes of all files. */
  readonly size: { readonly from: number; readonly to: number };
}

/** How many files of a group are named. */
const enough = 20;

/** Packages, files, settings, and size: what changed from one image to the other. */
export async function compareImages(a: Comparable, b: Comparable, limit = enough): Promise<ImageDifference> {
  const [packages, files, ownerOf] = await Promise.all([
    packageChanges(a.tree, b.tree),
    fileChanges(a.tree, b.tree),
    ownersIn(a.tree, b.tree),
  ]);
  const [before, after] = [setIdFiles(a.tree), setIdFiles(b.tree)];
  return {
    packages,
    files: grouped(files, ownerOf, limit),
    settings: settingChanges(a.settings, b.settings),
    setId: {
      added: after.filter(path => !before.includes(path)),
      removed: before.filter(path => !after.includes(path)),
    },
    size: { from: sizeOf(a.tree), to: sizeOf(b.tree) },
  };
}

export const isSame = ({ packages, files, settings }: ImageDifference): boolean =>
  packages.length + files.length + settings.length === 0;

function grouped(files: readonly FileChange[], ownerOf: OwnerOf, limit: number): readonly FileGroup[] {
  return [...Map.groupBy(files, ({ path }) => ownerOf(path))]
    .sort(([a, some], [b, others]) => others.length - some.length || (a < b ? -1 : 1))
    .map(([owner, all]) => ({ owner, count: counted(all), files: all.slice(0, limit) }));
}

function counted(files: readonly FileChange[]): FileGroup['count'] {
  const of = (change: FileChange['change']) => files.filter(file => file.change === change).length;
  return { added: of('added'), removed: of('removed'), content: of('content'), attributes: of('attributes') };
}

/** Several names of one file take its place once. */
const sizeOf = (tree: ImageTree): number =>
  [...tree.entries()].reduce((sum, { type, size }) => sum + (type === 'file' ? size : 0), 0);
