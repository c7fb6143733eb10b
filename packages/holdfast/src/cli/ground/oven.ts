import { sealer } from '../../bake/story/seal-image.ts';
import type { BakeStage } from '../../flow.ts';
import { currentActor } from '../../journal/owner.ts';
import type { Known } from '../../model/resource.ts';
import type { Kitchen } from '../../ports/bakery.ts';
import { dockerWorkshop } from '../../providers/docker/index.ts';
import { version } from '../version.ts';
import type { WorkingStage } from './stage.ts';

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

/** What a bake works with: the first engine of the environment lends its containers. */
export function withOven(stage: WorkingStage, options: OvenOptions): BakeStage {
  const { baking, root, hosts, clock, newId, signal } = stage;
  const host = hosts[0];
  if (!host) throw new Error('an environment has at least one engine');
  const workshop = dockerWorkshop(host);
  const kitchen = ({ name }: Known<'image'>): Kitchen => ({
    workshop,
    onLayer: about => options.onLayer(name, about),
    onOutput: line => options.onOutput(name, line),
  });
  const say = (line: string): void => options.onLayer('holdfast.keys', line);
  const keys = { folder: root, env: process.env, who: currentActor(), say };
  const { twice } = options;
  const seal = sealer({
    store: baking.store.folder,
    bakery: baking,
    kitchen,
    keys,
    examine: async () => [],
    twice,
    version: version(),
    newId,
    clock,
    signal,
  });
  const takeIn = async () => Promise.reject(new Error('not yet'));
  return { ...stage, oven: { bakery: baking, kitchen, takeIn, ...(options.seal && { seal }) } };
}
