import { trustedKeys } from '../../bake/seal/record/keys.ts';
import { readSeal } from '../../bake/seal/record/seal-store.ts';
import { settingsOf } from '../../bake/seal/settings.ts';
import { imageTree } from '../../bake/tree/image-tree.ts';
import { type Address, kindOf, nameIn } from '../../model/address.ts';
import type { Scope } from '../../model/identity.ts';
import { addressOf, type Known } from '../../model/resource.ts';
import { outsideAddress } from '../../model/spec/check-spec.ts';
import { resourcesOf, type SystemModel } from '../../model/system-model.ts';
import type { Looker } from '../../ports/looking/looker.ts';
import { insideDocker } from '../../providers/docker/index.ts';
import { outsideLooker } from '../../providers/outside/index.ts';
import type { Digests } from '../../verify/evidence/footing.ts';
import type { FindPlaces, Place, Places } from '../../verify/run/place.ts';
import { instancesOf, type Named, serviceOf } from '../ground/instances.ts';
import { type Lookers, lookersOf } from '../ground/lookers.ts';
import type { WorkingStage } from '../ground/stage.ts';
import { imageLooker, leftToSealing } from './image-looker.ts';

/** Finds where checks can be done. Disposing of it ends the sessions that were opened. */
export interface Whereabouts extends AsyncDisposable {
  placesIn(model: SystemModel): FindPlaces;
}

export function whereabouts(stage: WorkingStage, digests: Digests): Whereabouts {
  const byEngine = new Map<string, Lookers>();
  const lookersOn = (engine: string, scope: Scope): readonly Looker[] => {
    const host = stage.hosts.find(one => one.engine === engine);
    if (!host) return [];
    const lookers = byEngine.get(engine) ?? lookersOf(host, insideDocker(host, scope), stage.vault.reveal);
    byEngine.set(engine, lookers);
    return lookers.all;
  };
  return {
    placesIn(model) {
      const running = once(async () => (await instancesOf(stage)).filter(({ seen }) => seen.state.running));
      const ground: Ground = { stage, model, digests, running, lookersOn };
      return target => placesOf(target, ground);
    },
    async [Symbol.asyncDispose]() {
      await Promise.all([...byEngine.values()].map(lookers => lookers[Symbol.asyncDispose]()));
    },
  };
}

interface Ground {
  readonly stage: WorkingStage;
  readonly model: SystemModel;
  readonly digests: Digests;
  /** All that runs, listed once. */
  readonly running: () => Promise<readonly Named[]>;
  readonly lookersOn: (engine: string, scope: Scope) => readonly Looker[];
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

async function placesOf(target: Address, ground: Ground): Promise<Places> {
  if (target === outsideAddress) return fromHere(ground);
  const { model } = ground;
  if (kindOf(target) === 'service') return ofService(nameIn(target), ground);
  const image = resourcesOf(model, 'image').find(one => addressOf(one) === target);
  return image ? ofImage(image, ground) : { nowhere: 'machines are not looked at yet, only what runs on them' };
}

/** From outside there is no instance whose port could be meant. */
function fromHere({ stage }: Ground): Places {
  const reach = () => Promise.reject(new Error('outside has no ports of its own'));
  const looker = outsideLooker({ reach, reveal: stage.vault.reveal });
  return { places: [{ name: 'outside', target: undefined, lookers: [looker] }] };
}

async function ofService(service: string, { model, digests, running, lookersOn }: Ground): Promise<Places> {
  const found = (await running()).filter(({ name }) => serviceOf(name) === service);
  if (found.length === 0) return { gone: `no instance of ${service} runs` };
  const { image, replicas = 0 } = resourcesOf(model, 'service').find(({ name }) => name === service)?.spec ?? {};
  const digest = image && digests.get(image);
  const scope = { system: model.name, environment: model.environment };
  return {
    places: found.map(({ name, seen }) => ({
      name,
      target: seen,
      lookers: lookersOn(seen.engine, scope) as Place['lookers'],
      ...(digest !== undefined && { digest }),
    })),
    ...(found.length < replicas && { missing: `only ${found.length} of ${replicas} instances of ${service} run` }),
  };
}

/** What was shown when it was sealed holds for ever: the digest is of every byte. */
async function ofImage({ name, spec: { inputs = '' } }: Known<'image'>, { stage }: Ground): Promise<Places> {
  const baked = await stage.baking.find(inputs);
  if (!baked) return { nowhere: 'it was not baked here: holdfast bake' };
  const { digest } = baked;
  const layered = { image: baked, tree: await imageTree(baked.layers), settings: settingsOf(baked.config) };
  const seal = await readSeal(stage.baking.store.folder, digest, await trustedKeys(stage.root)).catch(() => undefined);
  const shown = new Set((seal?.checks ?? []).filter(({ ok }) => ok).map(({ sentence }) => sentence));
  const lookers = [imageLooker(stage.clock)] as readonly Looker<never>[] as Place['lookers'];
  return { places: [{ name, target: layered, lookers, digest, shown, leaves: leftToSealing }] };
}
