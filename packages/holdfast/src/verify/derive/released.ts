import type { Address } from '../../model/address.ts';
import type { ImageConfig } from '../../model/spec/recipe.ts';

/** What is known of an image once it was baked. */
export interface ReleasedImage {
  /** `sha256:…` */
  readonly digest?: string;
  /** As a container on the engine says from what it was started: where layers are shared, that of the configuration. */
  readonly startedFrom?: string;
  /** The version of each package that the lock holds for it, by name. */
  readonly packages?: Readonly<Record<string, string>>;
  /** What a container of it is started with. */
  readonly config?: ImageConfig;
}

export type ReleasedImages = Readonly<Record<Address, ReleasedImage>>;
