import { settingsOf } from '../../bake/seal/settings.ts';
import { addressOf, type Known } from '../../model/resource.ts';
import { resourcesOf, type SystemModel } from '../../model/system-model.ts';
import type { ReleasedImage, ReleasedImages } from '../../verify/derive/released.ts';
import type { WorkingStage } from '../ground/stage.ts';

/** What is known of the images of a model that were baked here. */
export async function releasedIn(stage: WorkingStage, model: SystemModel): Promise<ReleasedImages> {
  const images = resourcesOf(model, 'image');
  const found = await Promise.all(
    images.map(async image => [addressOf(image), await releasedOf(image, stage)] as const),
  );
  return Object.fromEntries(found);
}

async function releasedOf({ spec }: Known<'image'>, { baking, hosts }: WorkingStage): Promise<ReleasedImage> {
  const baked = await baking.find(spec.inputs ?? '');
  if (!baked) return {};
  const hasOwnIds = hosts.every(host => host.sharesLayers);
  return {
    digest: baked.digest,
    startedFrom: hasOwnIds ? baked.configDigest : baked.digest,
    config: settingsOf(baked.config),
    ...(spec.source.from === 'recipe' && { packages: await packagesOf(baking, spec.source) }),
  };
}

async function packagesOf(
  { locked }: WorkingStage['baking'],
  recipe: Parameters<WorkingStage['baking']['locked']>[0],
): Promise<Readonly<Record<string, string>>> {
  const { steps } = await locked(recipe);
  const installed = steps.flatMap(step => (step.do === 'packages' ? step.install.packages : []));
  return Object.fromEntries(installed.map(({ name, version }) => [name, version]));
}
