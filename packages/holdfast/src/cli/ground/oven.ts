import pLimit from 'p-limit';
import { type KeyPlace, sealingKey } from '../../bake/seal/record/keys.ts';
import type { BakeGround } from '../../bake/story/bake-image.ts';
import { sealer } from '../../bake/story/seal-image.ts';
import type { BakeStage } from '../../flow.ts';
import { currentActor } from '../../journal/owner.ts';
import type { Known } from '../../model/resource.ts';
import { resourcesOf, type SystemModel } from '../../model/system-model.ts';
import type { BakedImage } from '../../ports/baked-image.ts';
import type { Kitchen } from '../../ports/bakery.ts';
import { type DockerHost, dockerWorkshop } from '../../providers/docker/index.ts';
import { version } from '../version.ts';
import type { WorkingStage } from './stage.ts';
import { basesOf, imageIn, type TakeInParts, takeIn } from './take-in.ts';
import { examineOn, trialStage } from './trials.ts';

/** How a bake is to be done. */
export interface OvenOptions {
  /** Whether what was baked is examined and sealed. */
  readonly seal: boolean;
  /** Whether each layer is made twice and compared. */
  readonly twice: boolean;
  /** Told each layer that is made. */
  readonly onLayer: (image: string, about: string) => void;
  /** Told each line that the work says. */
  readonly onOutput: (image: string, line: string) => void;
}

/** A stage that can bake: the first engine of the environment lends its containers. */
export const withOven = (stage: WorkingStage, options: OvenOptions): BakeStage => ({
  ...stage,
  // Who has no key to seal with learns it before minutes of work.
  declare: async () => {
    if (options.seal) await sealingKey(keyPlace(stage, options));
    return stage.declare();
  },
  oven: model => ovenFor(model, stage, options),
});

const keyPlace = ({ root }: WorkingStage, { onLayer }: OvenOptions): KeyPlace => ({
  folder: root,
  env: process.env,
  who: currentActor(),
  say: line => onLayer('seal', line),
});

function ovenFor(model: SystemModel, stage: WorkingStage, options: OvenOptions): BakeGround {
  const { baking, record, clock, signal } = stage;
  const scope = { system: model.name, environment: model.environment };
  const imageAt = imageIn(resourcesOf(model, 'image'));
  const host = firstOf(stage.hosts);
  const kitchen = kitchenOn(host, options);
  const trials = trialStage(host, stage.sources, baking);
  // Of which others are made is made once.
  const making = new Map<string, Promise<BakedImage>>();
  const make = (image: Known<'image'>): Promise<BakedImage> => {
    const { inputs = '' } = image.spec;
    const made = making.get(inputs) ?? makeNow(image);
    making.set(inputs, made);
    return made;
  };
  const bakedOf = async (image: Known<'image'>) => (await baking.find(image.spec.inputs ?? '')) ?? make(image);
  const parts: TakeInParts = { host, stage: trials, store: baking.store, scope, imageAt, bakedOf, signal };
  const makeNow = (image: Known<'image'>): Promise<BakedImage> => {
    const { source, inputs = '' } = image.spec;
    return source.from === 'recipe' ? baking.bake(source, inputs, kitchen(image), signal) : takenIn(image);
  };
  // One by one: what is built on the same image lends it the same name, and takes it back.
  const oneByOne = pLimit(1);
  const takenIn = async (image: Known<'image'>): Promise<BakedImage> => {
    await Promise.all(basesOf(image.spec.source).map(at => bakedOf(imageAt(at))));
    return oneByOne(() => takeIn(image, parts));
  };
  const seal = sealer({
    store: baking.store.folder,
    bakery: baking,
    kitchen,
    keys: keyPlace(stage, options),
    examine: examineOn(trials, model),
    twice: options.twice,
    version: version(),
    newId: stage.newId,
    clock,
    signal,
  });
  return { scope, bakery: baking, make, record, clock, signal, ...(options.seal && { seal }) };
}

const kitchenOn = (host: DockerHost, { onLayer, onOutput }: OvenOptions) => {
  const workshop = dockerWorkshop(host);
  return ({ name }: Known<'image'>): Kitchen => ({
    workshop,
    onLayer: about => onLayer(name, about),
    onOutput: line => onOutput(name, line),
  });
};

function firstOf(hosts: readonly DockerHost[]): DockerHost {
  const [host] = hosts;
  if (host) return host;
  throw new Error('an environment has at least one engine');
}
