import { type TreeLook, treeLook } from '../../bake/seal/examine/static-looks.ts';
import { trustedKeys } from '../../bake/seal/record/keys.ts';
import { readSeal } from '../../bake/seal/record/seal-store.ts';
import { settingsOf } from '../../bake/seal/settings.ts';
import { imageTree } from '../../bake/tree/image-tree.ts';
import { type Address, kindOf, nameIn } from '../../model/address.ts';
import type { Scope } from '../../model/identity.ts';
import { addressOf, type Known } from '../../model/resource.ts';
import { outsideAddress } from '../../model/spec/check-spec.ts';
import { resourcesOf, type SystemModel } from '../../model/system-model.ts';
import type { BakedImage } from '../../ports/baked-image.ts';
import type { Looker } from '../../ports/looking/looker.ts';
import { insideDocker } from '../../providers/docker/index.ts';
import { outsideLooker } from '../../providers/outside/index.ts';
import type { Digests } from '../../verify/evidence/footing.ts';
import type { FindPlaces, Place, Places } from '../../verify/run/place.ts';
import { instancesOf, type Named, serviceOf } from '../ground/instances.ts';
import { type Lookers, lookersOf, lookersOfHere, lookersOver } from '../ground/lookers.ts';
import type { WorkingStage } from '../ground/stage.ts';
import { imageLooker, leftToSealing, ownImageLooker } from './image-looker.ts';
import { revealIn } from './reveal.ts';

/** Finds where checks can be done. Disposing of it ends the sessions that were opened. */
export interface Whereabouts extends AsyncDisposable {
  placesIn(model: SystemModel): FindPlaces;
}

export function whereabouts(stage: WorkingStage, digests: Digests): Whereabouts {
  const byEngine = new Map<string, Lookers>();
  const byMachine = new Map<string, Lookers>();
  const here = lookersOfHere(stage.vault.reveal);
  const into = intoLayers();
  const lookersOn = (engine: string, scope: Scope): readonly Looker[] => {
    const host = stage.hosts.find(one => one.engine === engine);
    if (!host) return [];
    const lookers = byEngine.get(engine) ?? lookersOf(host, insideDocker(host, scope), stage.vault.reveal);
    byEngine.set(engine, lookers);
    return lookers.all;
  };
  const machineOf = (engine: string): readonly Looker[] | undefined => {
    const { ssh } = stage.engines[engine] ?? {};
    if (ssh === undefined)
      return stage.hosts.find(one => one.engine === engine)?.reach === 'direct' ? here.all : undefined;
    const lookers = byMachine.get(engine) ?? lookersOver(ssh, stage.vault.reveal);
    byMachine.set(engine, lookers);
    return lookers.all;
  };
  return {
    placesIn(model) {
      const running = once(async () => (await instancesOf(stage)).filter(({ seen }) => seen.state.running));
      const ground: Ground = { stage, model, digests, running, lookersOn, into, machineOf };
      return target => placesOf(target, ground);
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(
        [here, ...byEngine.values(), ...byMachine.values()].map(lookers => lookers[Symbol.asyncDispose]()),
      );
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
  /** How to look into the layers of an image. */
  readonly into: (baked: BakedImage) => Promise<TreeLook>;
  /** Ways to look at the machine of an engine itself; undefined where there are none. */
  readonly machineOf: (engine: string) => readonly Looker[] | undefined;
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
  if (kindOf(target) === 'host') return ofMachine(nameIn(target), ground);
  const image = resourcesOf(model, 'image').find(one => addressOf(one) === target);
  return image ? ofImage(image, ground) : { nowhere: 'the system declares no such thing' };
}

/** From outside there is no instance whose port could be meant. */
async function fromHere({ stage, model, running }: Ground): Promise<Places> {
  const reach = () => Promise.reject(new Error('outside has no ports of its own'));
  const ground = { model, facts: stage.facts, running: await running(), secret: stage.vault.reveal };
  const looker = outsideLooker({ reach, reveal: revealIn(ground) });
  return { places: [{ name: 'outside', target: undefined, lookers: [looker] }] };
}

/** The machine that an engine is on: this one, or one that `ssh` reaches. */
function ofMachine(engine: string, { machineOf }: Ground): Places {
  const lookers = machineOf(engine);
  if (!lookers)
    return {
      nowhere: `the machine of engine ${engine} is another one, and holdfast.config.ts does not say its \`ssh\``,
    };
  const target = {
    kind: 'host',
    engine,
    id: engine,
    name: engine,
    state: undefined,
    about: `the machine of ${engine}`,
  };
  return { places: [{ name: engine, target, lookers: lookers as Place['lookers'] }] };
}

async function ofService(service: string, ground: Ground): Promise<Places> {
  const { model, digests, running, lookersOn } = ground;
  const found = (await running()).filter(({ name }) => serviceOf(name) === service);
  if (found.length === 0) return { gone: `no instance of ${service} runs` };
  const { image, replicas = 0 } = resourcesOf(model, 'service').find(({ name }) => name === service)?.spec ?? {};
  const digest = image && digests.get(image);
  const scope = { system: model.name, environment: model.environment };
  const layers = ownImageLooker(() => ownLayers(image, ground), ground.stage.clock);
  return {
    places: found.map(({ name, seen }) => ({
      name,
      target: seen,
      lookers: [layers, ...(lookersOn(seen.engine, scope) as Place['lookers'])],
      ...(digest !== undefined && { digest }),
    })),
    ...(found.length < replicas && { missing: `only ${found.length} of ${replicas} instances of ${service} run` }),
  };
}

/** The image of a service, where it is the one that is baked here. */
async function ownLayers(image: Address | undefined, { stage, model, into }: Ground): Promise<TreeLook | undefined> {
  const declared = resourcesOf(model, 'image').find(one => addressOf(one) === image);
  const baked = declared && (await stage.baking.find(declared.spec.inputs ?? ''));
  return baked && into(baked);
}

/** Each image is read once, however many services run it. */
function intoLayers(): (baked: BakedImage) => Promise<TreeLook> {
  const looks = new Map<string, Promise<TreeLook>>();
  return baked => {
    const look = looks.get(baked.digest) ?? lookInto(baked);
    looks.set(baked.digest, look);
    return look;
  };
}

const lookInto = async (baked: BakedImage): Promise<TreeLook> =>
  treeLook({ image: baked, tree: await imageTree(baked.layers), settings: settingsOf(baked.config) });

/** What was shown when it was sealed holds for ever: the digest is of every byte. */
async function ofImage({ name, spec: { inputs = '' } }: Known<'image'>, { stage, into }: Ground): Promise<Places> {
  const baked = await stage.baking.find(inputs);
  if (!baked) return { nowhere: 'it was not baked here: holdfast bake' };
  const { digest } = baked;
  const seal = await readSeal(stage.baking.store.folder, digest, await trustedKeys(stage.root)).catch(() => undefined);
  const shown = new Set((seal?.checks ?? []).filter(({ ok }) => ok).map(({ sentence }) => sentence));
  const lookers = [imageLooker(() => into(baked), stage.clock)];
  return { places: [{ name, target: undefined, lookers, digest, shown, leaves: leftToSealing }] };
}
