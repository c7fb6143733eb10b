import { rm } from 'node:fs/promises';
import { withManifest } from '../../bake/layers/compose.ts';
import { bring, Maker, type TrialStage } from '../../bake/seal/trial/engine-trials.ts';
import { trialScope } from '../../bake/seal/trial/leftovers.ts';
import type { ImageStore } from '../../bake/store/store.ts';
import type { Address } from '../../model/address.ts';
import type { Scope } from '../../model/identity.ts';
import { imageReference, resolvedSource } from '../../model/image-reference.ts';
import { addressOf, type Known } from '../../model/resource.ts';
import type { ImageSource } from '../../model/spec/image-spec.ts';
import type { BakedImage } from '../../ports/baked-image.ts';
import { type DockerHost, exportImage, loadImage } from '../../providers/docker/index.ts';

export interface TakeInParts {
  readonly host: DockerHost;
  readonly stage: TrialStage;
  readonly store: ImageStore;
  /** Of the environment: a Dockerfile is built on images by the names that they have there. */
  readonly scope: Scope;
  /** The declared image at an address, with its inputs. */
  readonly imageAt: (at: Address) => Known<'image'>;
  /** The image in the store; baked or taken in first where it is not. */
  readonly bakedOf: (image: Known<'image'>) => Promise<BakedImage>;
  readonly signal: AbortSignal;
}

/** Has an image made on the engine as it would be for `up`, takes it into the store, and leaves the engine as it was. */
export async function takeIn(image: Known<'image'>, parts: TakeInParts): Promise<BakedImage> {
  const { host, stage, store, scope, imageAt, signal } = parts;
  const inputs = image.spec.inputs ?? '';
  const scratch = await store.scratch();
  try {
    await using _ = await lent(basesOf(image.spec.source).map(imageAt), parts);
    await using maker = new Maker(stage, trialScope(stage.system), signal);
    const source = resolvedSource(image.spec.source, at => imageReference(scope, imageAt(at)));
    const reference = await bring({ source, inputs }, maker);
    const { config, layers } = await exportImage(host, reference, scratch, signal);
    const taken = withManifest(config, await Promise.all(layers.map(layer => store.take(layer))));
    await store.keepImage(inputs, taken);
    return taken;
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

export const basesOf = (source: ImageSource): readonly Address[] =>
  source.from === 'dockerfile'
    ? Object.values(source.args).flatMap(arg => (typeof arg === 'string' ? [] : [arg.image]))
    : [];

/** Puts images onto the engine under the names that a Dockerfile knows them by; those that were not there go again. */
async function lent(bases: readonly Known<'image'>[], { host, scope, bakedOf, signal }: TakeInParts) {
  const stack = new AsyncDisposableStack();
  for (const base of bases) {
    if (base.spec.source.from === 'reference') continue;
    const reference = imageReference(scope, base);
    if (await isThere(host, reference)) continue;
    await loadImage(host, await bakedOf(base), [reference], signal);
    stack.defer(() =>
      host.docker
        .getImage(reference)
        .remove()
        .then(() => undefined),
    );
  }
  return stack;
}

const isThere = ({ docker }: DockerHost, reference: string): Promise<boolean> =>
  docker
    .getImage(reference)
    .inspect()
    .then(
      () => true,
      () => false,
    );

export const imageIn =
  (images: readonly Known<'image'>[]) =>
  (at: Address): Known<'image'> => {
    const found = images.find(image => addressOf(image) === at);
    if (found) return found;
    throw new Error(`${at} is no image of this system`);
  };
