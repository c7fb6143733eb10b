import { settingsOf } from '../../bake/seal/settings.ts';
import { imageTree } from '../../bake/tree/image-tree.ts';
import { type Address, kindOf, nameIn } from '../../model/address.ts';
import { addressOf, type Known } from '../../model/resource.ts';
import { outsideAddress } from '../../model/spec/check-spec.ts';
import { resourcesOf, type SystemModel } from '../../model/system-model.ts';
import type { Looker } from '../../ports/looking/looker.ts';
import { insideDocker } from '../../providers/docker/index.ts';
import { outsideLooker } from '../../providers/outside/index.ts';
import type { Digests } from '../../verify/evidence/footing.ts';
import type { Place, Places } from '../../verify/run/place.ts';
import { instancesOf, serviceOf } from '../ground/instances.ts';
import { type Lookers, lookersOf } from '../ground/lookers.ts';
import type { WorkingStage } from '../ground/stage.ts';
import { imageLooker } from './image-looker.ts';

/** Finds where checks can be done. Disposing of it ends the sessions that were opened. */
export interface Whereabouts extends AsyncDisposable {
  placesOf(target: Address): Promise<Places>;
}

/** All that runs is listed once, when the first service is asked for. */
export function whereabouts(stage: WorkingStage, model: SystemModel, digests: Digests): Whereabouts {
  const byEngine = new Map<string, Lookers>();
  let instances: ReturnType<typeof instancesOf> | undefined;
  const scope = { system: model.name, environment: model.environment };

  const lookersOn = (engine: string): readonly Looker[] => {
    const host = stage.hosts.find(one => one.engine === engine);
    if (!host) return [];
    const lookers = byEngine.get(engine) ?? lookersOf(host, insideDocker(host, scope), stage.vault.reveal);
    byEngine.set(engine, lookers);
    return lookers.all;
  };

  const ofService = async (name: string): Promise<Places> => {
    instances ??= instancesOf(stage);
    const found = (await instances).filter(one => serviceOf(one.name) === name && one.seen.state.running);
    if (found.length === 0) return { nowhere: `no instance of ${name} runs` };
    const image = resourcesOf(model, 'service').find(one => one.name === name)?.spec.image;
    const digest = image && digests.get(image);
    return {
      places: found.map(({ name, seen }) => ({
        name,
        target: seen,
        lookers: lookersOn(seen.engine) as readonly Looker<unknown>[],
        ...(digest !== undefined && { digest }),
      })),
    };
  };

  const ofImage = async (image: Known<'image'> | undefined): Promise<Places> => {
    const baked = image && (await stage.baking.find(image.spec.inputs ?? ''));
    if (!baked) return { nowhere: 'it was not baked here: holdfast bake' };
    const layered = { image: baked, tree: await imageTree(baked.layers), settings: settingsOf(baked.config) };
    const lookers = [imageLooker(stage.clock)] as readonly Looker<never>[] as Place['lookers'];
    return { places: [{ name: nameIn(addressOf(image)), target: layered, lookers, digest: baked.digest }] };
  };

  const outside: Places = {
    places: [{ name: 'outside', target: undefined, lookers: [outsideLooker(askedFromHere(stage))] }],
  };

  return {
    async placesOf(target) {
      if (target === outsideAddress) return outside;
      if (kindOf(target) === 'service') return ofService(nameIn(target));
      if (kindOf(target) === 'image')
        return ofImage(resourcesOf(model, 'image').find(one => addressOf(one) === target));
      return { nowhere: 'machines themselves are not looked at yet, what runs on them is' };
    },
    async [Symbol.asyncDispose]() {
      await Promise.all([...byEngine.values()].map(lookers => lookers[Symbol.asyncDispose]()));
    },
  };
}

/** From outside there is no instance whose port could be meant. */
const askedFromHere = ({ vault }: WorkingStage) => ({
  reach: () => Promise.reject(new Error('outside has no ports of its own')),
  reveal: vault.reveal,
});
