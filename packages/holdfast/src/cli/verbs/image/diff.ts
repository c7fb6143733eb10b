import { type Comparable, compareImages, isSame } from '../../../bake/compare/compare-images.ts';
import { settingsOf } from '../../../bake/seal/settings.ts';
import { imageTree } from '../../../bake/tree/image-tree.ts';
import { exitCode } from '../../../kit/problem.ts';
import { type CommonOptions, printJson, type Verb } from '../../call.ts';
import { amongImages } from '../../images/collection.ts';
import { imageMeant, type Meant } from '../../images/meant.ts';
import type { ImageDiffOutput } from '../../output/image/diff.ts';
import { imageDiffLines } from '../../show/image/diff.ts';

/** What changed from one image to another: packages, settings, files. */
export const diff: Verb<CommonOptions, [from: string, to: string]> = (call, from, to) =>
  amongImages(call, async images => {
    const [a, b] = [await imageMeant(from, images), await imageMeant(to, images)];
    const output = await compared(a, b);
    if (call.options.json) printJson(call, output);
    else call.out.print(imageDiffLines(output, call.out.palette));
    return exitCode.kept;
  });

async function compared(a: Meant, b: Meant): Promise<ImageDiffOutput> {
  const [from, to] = await Promise.all([comparable(a), comparable(b)]);
  const found = await compareImages(from, to);
  return {
    from: { asked: a.asked, digest: a.image.digest },
    to: { asked: b.asked, digest: b.image.digest },
    same: isSame(found),
    ...found,
  };
}

const comparable = async ({ image }: Meant): Promise<Comparable> => ({
  settings: settingsOf(image.config),
  tree: await imageTree(image.layers),
});
