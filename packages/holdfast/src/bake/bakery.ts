import { rm } from 'node:fs/promises';
import { digestOf } from '../kit/hash.ts';
import { exitCode, Problem } from '../kit/problem.ts';
import type { RecipeSpec } from '../model/spec/recipe.ts';
import type { BakedImage, LayerBlob } from '../ports/baked-image.ts';
import type { Bakery, Kitchen } from '../ports/bakery.ts';
import { compose } from './layers/compose.ts';
import { differingPaths } from './layers/differing.ts';
import { type LayerGround, type MadeLayer, makeLayer } from './layers/make-layer.ts';
import { writeLayer } from './layers/write-layer.ts';
import { bakeFormat, inputsOf, type LockedRecipe, lockedRecipe, type RecipeGround } from './recipe/locked-recipe.ts';
import type { LockedStep } from './recipe/locked-step.ts';
import { refuseChanged } from './recipe/unchanged.ts';
import { ImageStore, type KnownLayer } from './store/store.ts';
import { imageTree } from './tree/image-tree.ts';

export interface BakeryGround extends RecipeGround, LayerGround {
  readonly store: ImageStore;
  /** Hosts that fetching has contacted so far, by what was fetched. */
  readonly contacted: { readonly debian: ReadonlySet<string>; readonly npm: ReadonlySet<string> };
}

/** A {@link Bakery} that also says what recipes come to before they are baked, and whether they come out the same. */
export interface RecipeBakery extends Bakery {
  /** SHA-256 over all that goes in. Finds what `holdfast.lock` lacks. */
  inputs(recipe: RecipeSpec): Promise<string>;
  /** The recipe with everything that the lock and the files say. */
  locked(recipe: RecipeSpec): Promise<LockedRecipe>;
  /** Hosts that were contacted when the layers of a recipe were made. */
  contacted(recipe: RecipeSpec): Promise<readonly string[]>;
  /** Makes each layer of a baked recipe once more, where that was not done yet, and tells which came out otherwise. */
  reproduce(recipe: RecipeSpec, kitchen: Kitchen, signal: AbortSignal): Promise<readonly Irreproducible[]>;
}

/** A layer of which a second making gave other bits. */
export interface Irreproducible {
  /** As in the image's history: `packages nginx`. */
  readonly step: string;
  readonly paths: readonly string[];
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

  const layerOf = (step: LockedStep, below: readonly LayerBlob[], work: Making): Promise<KnownLayer> => {
    const key = layerKey(step, below);
    return once(key, async () => (await store.layer(key)) ?? kept(key, await fresh(step, below, store, work)));
  };

  const kept = async (key: string, known: KnownLayer): Promise<KnownLayer> => {
    await store.keepLayer(key, known);
    return known;
  };

  async function* walk(recipe: LockedRecipe): AsyncGenerator<Walked> {
    const below: LayerBlob[] = [];
    for (const step of recipe.steps) {
      const known = await store.layer(layerKey(step, below));
      yield { step, below: [...below], ...(known && { known }) };
      if (known?.blob) below.push(known.blob);
    }
  }

  const baked = async (locked: LockedRecipe, work: Making): Promise<BakedImage> => {
    const layers: LayerBlob[] = [];
    for (const step of locked.steps) {
      const { blob } = await layerOf(step, [...layers], work);
      if (blob) layers.push(blob);
    }
    const epoch = Math.max(0, ...locked.steps.map(step => step.epoch));
    return compose({ architecture: locked.architecture, config: locked.config, layers, epoch });
  };

  return {
    inputs: async recipe => inputsOf(await lockedRecipe(recipe, ground)),
    locked: recipe => lockedRecipe(recipe, ground),
    find: inputs => store.image(inputs),

    async bake(recipe, inputs, kitchen, signal) {
      const had = await store.image(inputs);
      if (had) return had;
      const locked = await lockedRecipe(recipe, ground);
      if (inputsOf(locked) !== inputs) throw movedOn(recipe);
      const image = await baked(locked, { kitchen, signal, ground });
      if (inputsOf(await lockedRecipe(recipe, ground)) !== inputs) throw movedOn(recipe);
      await store.keepImage(inputs, image);
      return image;
    },

    async contacted(recipe) {
      const walked = await Array.fromAsync(walk(await lockedRecipe(recipe, ground)));
      return [...new Set(walked.flatMap(({ known }) => known?.contacted ?? []))].sort();
    },

    async reproduce(recipe, kitchen, signal) {
      const other: Irreproducible[] = [];
      const locked = await lockedRecipe(recipe, ground);
      for await (const { step, below, known } of walk(locked)) {
        if (!known?.blob || known.reproduced) continue;
        const paths = await remade(step, below, known.blob, { kitchen, signal, ground });
        const key = layerKey(step, below);
        if (paths.length === 0) await store.keepLayer(key, { ...known, reproduced: true });
        else {
          other.push({ step: step.about, paths });
          await store.forget(key, inputsOf(locked));
        }
      }
      return other;
    },
  };
}

/** A step, what is below it, and what is known of its layer. */
interface Walked {
  readonly step: LockedStep;
  readonly below: readonly LayerBlob[];
  readonly known?: KnownLayer;
}

/** A layer follows from what the step names and from what is below. */
export const layerKey = ({ inputs, epoch }: LockedStep, below: readonly LayerBlob[]): string =>
  digestOf({ bakeFormat, inputs, epoch, below: below.map(({ digest }) => digest) });

interface Making {
  readonly kitchen: Kitchen;
  readonly signal: AbortSignal;
  readonly ground: BakeryGround;
}

async function fresh(
  step: LockedStep,
  below: readonly LayerBlob[],
  store: ImageStore,
  { kitchen, signal, ground }: Making,
): Promise<KnownLayer> {
  const scratch = await store.scratch();
  try {
    const tree = await imageTree(below);
    const made = await makeLayer(step, { ...ground, ...kitchen, below, tree, scratch, signal });
    signal.throwIfAborted();
    const blob = isEmpty(made) ? undefined : await writeLayer(made, step.epoch, step.about, store);
    await refuseChanged(step, ground);
    const contacted = [...new Set([...fetchedFrom(step, ground), ...made.contacted])].sort();
    return { ...(blob && { blob }), contacted };
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

/** The paths that come out otherwise when the step is done once more; none where all is the same. */
async function remade(
  step: LockedStep,
  below: readonly LayerBlob[],
  blob: LayerBlob,
  making: Making,
): Promise<readonly string[]> {
  const folder = await making.ground.store.scratch();
  try {
    const again = await fresh(step, below, new ImageStore(folder, making.ground.hashes), making);
    if (again.blob?.digest === blob.digest) return [];
    return again.blob ? await differingPaths(blob.file, again.blob.file) : ['.'];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const fetchedFrom = ({ do: what }: LockedStep, { contacted }: BakeryGround): Iterable<string> =>
  what === 'packages' ? contacted.debian : what === 'nodejs' || what === 'npm-ci' ? contacted.npm : [];

const isEmpty = ({ entries, removed }: MadeLayer): boolean => entries.length === 0 && removed.length === 0;

const movedOn = (recipe: RecipeSpec): Problem =>
  new Problem({
    what: `the sources of a recipe on ${recipe.base.suite} are no longer what was planned`,
    why: 'files or holdfast.lock changed since the plan was made, or an older release is wanted whose image is no longer in the store',
    fix: 'plan again; for an older release, check its commit out first',
    exit: exitCode.wrongUse,
  });
