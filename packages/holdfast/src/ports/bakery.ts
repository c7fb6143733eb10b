import type { RecipeSpec } from '../model/spec/recipe.ts';
import type { BakedImage } from './baked-image.ts';
import type { Workshop } from './workshop.ts';

/** What baking needs of the place where it is done, beyond the store. */
export interface Kitchen {
  readonly workshop: Workshop;
  /** Told each layer that is made anew: `packages nginx`. */
  readonly onLayer?: (about: string) => void;
  /** Told each line that the work says. */
  readonly onOutput: (line: string) => void;
}

/** Images that were baked, and the means to bake. */
export interface Bakery {
  /** The image that was baked of these inputs, if the store has it whole. Verified. */
  find(inputs: string): Promise<BakedImage | undefined>;
  /**
   * The image of the recipe: from the store, else baked from what `holdfast.lock` names. Layers that are there already
   * are not made again. Throws a Problem when the files are no longer those of the inputs.
   */
  bake(recipe: RecipeSpec, inputs: string, kitchen: Kitchen, signal: AbortSignal): Promise<BakedImage>;
}
