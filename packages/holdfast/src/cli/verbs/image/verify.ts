import { join } from 'node:path';
import { names as sealFiles } from '../../../bake/seal/record/seal.ts';
import { sealsFolder } from '../../../bake/seal/record/seal-store.ts';
import { type Damage, type Verified, verifyStore } from '../../../bake/store/verify.ts';
import { exitCode } from '../../../kit/problem.ts';
import type { Digest } from '../../../ports/baked-image.ts';
import { type CommonOptions, printJson, type Verb } from '../../call.ts';
import { amongImages, type Collection } from '../../images/collection.ts';
import { inputsNamed, nameOf } from '../../images/meant.ts';
import type { ImageVerifyOutput } from '../../output/image/verify.ts';
import { imageVerifyLines } from '../../show/image/store.ts';

/** Reads every byte of images and of their seals again: of those that are named, else of the whole store. */
export const verify: Verb<CommonOptions, [names: readonly string[]]> = (call, names) =>
  amongImages(call, async images => {
    const only = names.length > 0 ? new Set(names.flatMap(name => inputsNamed(name, images))) : undefined;
    const bytes = await verifyStore(images.store, only, call.stopping.signal);
    const output = verdict(bytes, await sealsOf(images, only), images);
    if (call.options.json) printJson(call, output);
    else call.out.print(imageVerifyLines(output, call.out.palette, call.out.width));
    return output.well ? exitCode.kept : exitCode.failed;
  });

interface Seals {
  readonly hold: number;
  readonly damage: readonly (Damage & { readonly fix?: string })[];
}

/** Of images that this project knows: those of another are signed by keys that count there. */
async function sealsOf(images: Collection, only: ReadonlySet<string> | undefined): Promise<Seals> {
  const ours = images.stored.filter(({ inputs }) => (only ? only.has(inputs) : nameOf(inputs, images) !== ''));
  const byDigest = Map.groupBy(ours, ({ image }) => image.digest);
  const found = await Promise.all(
    [...byDigest].map(([digest, all]) =>
      sealOf(
        digest,
        all.map(({ inputs }) => inputs),
        images,
      ),
    ),
  );
  return { hold: found.filter(one => one === 'holds').length, damage: found.filter(one => typeof one === 'object') };
}

async function sealOf(
  digest: Digest,
  inputs: readonly string[],
  images: Collection,
): Promise<'holds' | 'none' | Seals['damage'][number]> {
  const state = await images.sealOf(digest);
  const file = join(sealsFolder(images.store, digest), sealFiles.seal);
  if (state.is === 'sealed') return 'holds';
  if (state.is === 'invalid') {
    const { where = file, what, why = what, fix } = state.problem.parts;
    return { file: where, why, images: inputs, ...(fix !== undefined && { fix }) };
  }
  const wasSealed = images.facts.some(fact => fact.kind === 'image.sealed' && fact.digest === digest);
  return wasSealed
    ? { file, why: 'it is missing: the journal tells that the image was sealed', images: inputs }
    : 'none';
}

function verdict({ files, bytes, damage }: Verified, seals: Seals, images: Collection): ImageVerifyOutput {
  const all: Seals['damage'] = [...damage, ...seals.damage];
  return {
    well: all.length === 0,
    files: files + seals.hold + seals.damage.length,
    bytes,
    seals: seals.hold,
    damage: all.map(({ file, why, images: of, fix = 'run `holdfast bake`: what is damaged is made anew' }) => ({
      file,
      why,
      images: [...new Set(of.map(inputs => nameOf(inputs, images) || inputs.slice(0, 12)))],
      fix,
    })),
  };
}
