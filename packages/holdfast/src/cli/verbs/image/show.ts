import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setIdFiles } from '../../../bake/seal/examine/whole-image.ts';
import { names, type Seal } from '../../../bake/seal/record/seal.ts';
import { folderOf } from '../../../bake/seal/record/seal-store.ts';
import { printSbom, type Sbom, sbomOf } from '../../../bake/seal/sbom/sbom.ts';
import { settingsOf } from '../../../bake/seal/settings.ts';
import { imageTree } from '../../../bake/tree/image-tree.ts';
import { exitCode, Problem } from '../../../kit/problem.ts';
import type { ImageTree } from '../../../ports/image-tree.ts';
import { type CommonOptions, printJson, type Verb } from '../../call.ts';
import { amongImages, type SealState } from '../../images/collection.ts';
import { imageMeant, type Meant } from '../../images/meant.ts';
import type { ImageShowOutput } from '../../output/image/show.ts';
import { imageShowLines } from '../../show/image/show.ts';

export interface ShowOptions extends CommonOptions {
  readonly sbom?: boolean;
  readonly record?: boolean;
}

/** One image from all sides; its bill of materials or its signed record where that is asked for. */
export const show: Verb<ShowOptions, [asked: string]> = (call, asked) =>
  amongImages(call, async images => {
    const meant = await imageMeant(asked, images);
    const seal = await images.sealOf(meant.image.digest);
    const { options, outside, out } = call;
    if (options.sbom) outside.stdout.write(await sbomText(meant, seal));
    else if (options.record) outside.stdout.write(await recordText(meant, seal, images.store));
    else {
      const output = await shown(meant, seal, images.store);
      if (options.json) printJson(call, output);
      else out.print(imageShowLines(output, out.palette, out.width));
    }
    return seal.is === 'invalid' ? exitCode.failed : exitCode.kept;
  });

/** Of a sealed image, what was signed; of another, what is read from its layers now. */
async function sbomText(meant: Meant, state: SealState): Promise<string> {
  if (state.is === 'invalid') throw state.problem;
  if (state.is === 'sealed') return state.seal.sbom;
  return printSbom(await describe(meant, await imageTree(meant.image.layers)));
}

async function recordText(meant: Meant, state: SealState, store: string): Promise<string> {
  if (state.is === 'invalid') throw state.problem;
  if (state.is === 'sealed') return readFile(join(folderOf(store, state.seal), names.seal), 'utf8');
  throw new Problem({
    what: `image ${meant.asked} has no signed record`,
    why: 'it is not sealed',
    fix: 'run `holdfast bake`: it examines the image and seals what passes',
  });
}

const describe = ({ name = 'image', image }: Meant, tree: ImageTree): Promise<Sbom> =>
  sbomOf({ name, digest: image.digest, tree, epoch: 0 });

async function shown(meant: Meant, state: SealState, store: string): Promise<ImageShowOutput> {
  const { name, inputs, image } = meant;
  const { digest, layers, config } = image;
  const tree = await imageTree(layers);
  return {
    ...(name !== undefined && { name }),
    digest,
    inputs,
    size: layers.reduce((sum, { size }) => sum + size, 0),
    settings: settingsOf(config),
    layers: layers.map(layer => ({ by: layer.by, digest: layer.digest, size: layer.size })),
    packages: counted(await describe(meant, tree)),
    setIdFiles: setIdFiles(tree),
    ...(state.is === 'sealed' && { seal: sealShown(state.seal, folderOf(store, state.seal)) }),
    ...(state.is === 'invalid' && { problem: state.problem.toJSON() }),
  };
}

/** How many packages there are of each kind. */
function counted({ components }: Sbom): Readonly<Record<string, number>> {
  const kinds = components.flatMap(({ purl }) => /^pkg:([^/]+)\//.exec(purl ?? '')?.[1] ?? []);
  return Object.fromEntries([...Map.groupBy(kinds, kind => kind)].map(([kind, all]) => [kind, all.length]));
}

const sealShown = (seal: Seal, folder: string): NonNullable<ImageShowOutput['seal']> => ({
  signer: seal.signer.comment,
  key: seal.signer.id,
  at: seal.statement.predicate.runDetails.metadata.finishedOn,
  checks: seal.checks.map(({ sentence, check, ok }) => ({ sentence, ...(check !== undefined && { check }), ok })),
  contacted: seal.contacted,
  ...(seal.reproducible !== undefined && { reproducible: seal.reproducible }),
  record: join(folder, names.seal),
  sbom: join(folder, names.sbom),
});
