import type { Address } from '../address.ts';
import type { RecipeSpec } from './recipe.ts';

/** Where an image comes from. Paths are relative to the folder of `system.ts`, with forward slashes. */
export type ImageSource =
  | {
      readonly from: 'dockerfile';
      readonly context: string;
      readonly dockerfile: string;
      /** Build arguments; an address stands for the reference of that image. */
      readonly args: Readonly<Record<string, string | { readonly image: Address }>>;
    }
  | { readonly from: 'reference'; readonly reference: string }
  | { readonly from: 'archive'; readonly path: string }
  | RecipeSpec;

export interface ImageSpec {
  readonly source: ImageSource;
  /**
   * SHA-256 over all that goes in, in hex. The declaration leaves it out; it is filled in when the sources are read,
   * and a release keeps it, so that going back needs no sources.
   */
  readonly inputs?: string;
}

/** An image's source with every build argument a plain text. */
export type ResolvedSource =
  | (Omit<Extract<ImageSource, { from: 'dockerfile' }>, 'args'> & { readonly args: Readonly<Record<string, string>> })
  | Exclude<ImageSource, { from: 'dockerfile' }>;
