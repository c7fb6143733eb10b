import { rm } from 'node:fs/promises';
import { digestOf } from '../kit/hash.ts';
import { exitCode, Problem } from '../kit/problem.ts';
import type { RecipeSpec } from '../model/spec/recipe.ts';
import type { BakedImage, LayerBlob } from '../ports/baked-image.ts';
import type { Bakery, Kitchen } from '../ports/bakery.ts';
import { compose } from './layers/compose.ts';
import { type LayerGround, type MadeLayer, makeLayer } from './layers/make-layer.ts';
import { writeLayer } from './layers/write-layer.ts';
import { bakeFormat, inputsOf, type LockedRecipe, lockedRecipe, type RecipeGround } from './recipe/locked-recipe.ts';
import type { LockedStep } from './recipe/locked-step.ts';
import type { ImageStore, KnownLayer } from './store/store.ts';
import { imageTree } from './tree/image-tree.ts';

export interface BakeryGround extends RecipeGround, LayerGround {
  readonly store: ImageStore;
  /** Hosts that fetching has contacted so far. */
  readonly contacted: ReadonlySet<string>;
}

/** A {@link Bakery} that also says what recipes come to before they are baked. */
export interface RecipeBakery extends Bakery {
  /** SHA-256 over all that goes in. Finds what `holdfast.lock` lacks. */
  inputs(recipe: RecipeSpec): Promise<string>;
  /** The recipe with everything that the lock and the files say. */
  locked(recipe: RecipeSpec): Promise<LockedRecipe>;
  /** What is known of the layers of a recipe that was baked, the base first. */
  layers(recipe: RecipeSpec): Promise<readonly KnownLayer[]>;
}

/** Bakes recipes: each step a layer, each layer made once. */
export function recipeBakery(ground: BakeryGround): RecipeBakery {
  const { store } = ground;
  const making = new Map<string, Promise<KnownLayer>>();

  const once = (key: string, make: () => Promise<KnownLayer>): Promise<KnownLayer> => {
    const started = making.get(key) ?? make().finally(() => making.delete(key));
    making.set(key, started);
    return started;
  };

  const baked = async (locked: LockedRecipe, kitchen: Kitchen, signal: AbortSignal): Promise<BakedImage> => {
    const layers: LayerBlob[] = [];
    for (const step of locked.steps) {
      const below = [...layers];
      const key = layerKey(step, below);
      const known = await once(
        key,
        async () => (await store.layer(key)) ?? fresh(key, step, below, { kitchen, signal, ground }),
      );
      if (known.blob) layers.push(known.blob);
    }
    const epoch = Math.max(0, ...locked.steps.map(step => step.epoch));
    return compose({ architecture: locked.architecture, config: locked.config, layers, epoch });
  };

  return {
    inputs: async recipe => inputsOf(await lockedRecipe(recipe, ground)),
    locked: recipe => lockedRecipe(recipe, ground),
    find: inputs => store.image(inputs),

    async bake(recipe, inputs, kitchen, signal) {
      const kept = await store.image(inputs);
      if (kept) return kept;
      const locked = await lockedRecipe(recipe, ground);
      if (inputsOf(locked) !== inputs) throw movedOn(recipe);
      const image = await baked(locked, kitchen, signal);
      await store.keepImage(inputs, image);
      return image;
    },

    async layers(recipe) {
      const known: KnownLayer[] = [];
      for (const step of (await lockedRecipe(recipe, ground)).steps) {
        const below = known.flatMap(({ blob }) => blob ?? []);
        known.push((await store.layer(layerKey(step, below))) ?? { contacted: [] });
      }
      return known;
    },
  };
}

/** A layer follows from what the step names and from what is below. */
export const layerKey = ({ inputs, epoch }: LockedStep, below: readonly LayerBlob[]): string =>
  digestOf({ bakeFormat, inputs, epoch, below: below.map(({ digest }) => digest) });

interface Making {
  readonly kitchen: Kitchen;
  readonly signal: AbortSignal;
  readonly ground: BakeryGround;
}

async function fresh(key: string, step: LockedStep, below: readonly LayerBlob[], making: Making): Promise<KnownLayer> {
  const { kitchen, signal, ground } = making;
  const scratch = await ground.store.scratch();
  try {
    const tree = await imageTree(below);
    const made = await makeLayer(step, { ...ground, ...kitchen, below, tree, scratch, signal });
    signal.throwIfAborted();
    const blob = isEmpty(made) ? undefined : await writeLayer(made, step.epoch, step.about, ground.store);
    const contacted = [...new Set([...(fetches.has(step.do) ? ground.contacted : []), ...made.contacted])].sort();
    const known = { ...(blob && { blob }), contacted };
    await ground.store.keepLayer(key, known);
    return known;
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

const fetches: ReadonlySet<LockedStep['do']> = new Set(['packages', 'nodejs', 'npm-ci']);

const isEmpty = ({ entries, removed }: MadeLayer): boolean => entries.length === 0 && removed.length === 0;

const movedOn = (recipe: RecipeSpec): Problem =>
  new Problem({
    what: `the sources of a recipe on ${recipe.base.suite} are no longer what was planned`,
    why: 'files or holdfast.lock changed since the plan was made, or an older release is wanted whose image is no longer in the store',
    fix: 'plan again; for an older release, check its commit out first',
    exit: exitCode.wrongUse,
  });
