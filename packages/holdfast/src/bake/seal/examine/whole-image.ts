import type { ImageFacts, SetIdFile } from '../../../model/assertion/facts/software.ts';
import type { ImageTree } from '../../../ports/image-tree.ts';
import { setIdFiles } from './derived.ts';
import { packageOf } from './packages.ts';
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
  };
}

const setIdIn = (tree: ImageTree): Promise<readonly SetIdFile[]> =>
  Promise.all(
    setIdFiles(tree).map(async path => {
      const owner = await packageOf(tree, path);
      return { path, ...(owner !== undefined && { package: owner }) };
    }),
  );
