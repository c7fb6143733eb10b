import type { TreeEntry } from '../../../kit/tree.ts';
import type { ImageFacts, SetIdFile } from '../../../model/assertion/facts/software.ts';
import type { ImageTree } from '../../../ports/image-tree.ts';
import { packagesOf } from './packages.ts';
import { privateKeysIn } from './private-keys.ts';
import type { Layered } from './static-looks.ts';

/** What is known of an image as a whole. `wanted` are facts that are read only when asked for. */
export async function lookAtImage(
  { image, tree, settings }: Layered,
  wanted: ReadonlySet<string>,
): Promise<ImageFacts> {
  return {
    digest: image.digest,
    layers: image.layers.length,
    size: image.layers.reduce((sum, { size }) => sum + size, 0),
    user: settings.user ?? '',
    ...(wanted.has('secrets') && { secrets: (await privateKeysIn(tree)).keys }),
    ...(wanted.has('setId') && { setId: await setIdIn(tree) }),
    ...(wanted.has('writable') && { writable: worldWritable(tree) }),
  };
}

/** Files that run as their owner or group whoever starts them. Absolute paths. */
export const setIdFiles = (tree: ImageTree): readonly string[] =>
  [...tree.entries()].filter(entry => isFile(entry) && (entry.mode & 0o6000) !== 0).map(({ path }) => `/${path}`);

/** Paths of the system that every user may write to. Absolute paths. */
const worldWritable = (tree: ImageTree): readonly string[] =>
  [...tree.entries()]
    .filter(entry => isFile(entry) || entry.type === 'directory')
    .filter(({ path, mode }) => (mode & 0o002) !== 0 && ofSystem.test(path))
    .map(({ path }) => `/${path}`);

const isFile = ({ type }: TreeEntry): boolean => type === 'file' || type === 'hardlink';

/** Programs, libraries and settings. */
const ofSystem = /^(bin|boot|etc|lib\w*|sbin|usr)(\/|$)/;

async function setIdIn(tree: ImageTree): Promise<readonly SetIdFile[]> {
  const paths = setIdFiles(tree);
  const owners = await packagesOf(tree, paths);
  return paths.map(path => {
    const owner = owners.get(path);
    return { path, ...(owner !== undefined && { package: owner }) };
  });
}
