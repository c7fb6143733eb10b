import type { BakedImage } from './baked-image.ts';

/** Where a baked image can be brought: a registry, a folder in OCI's layout. */
export interface ImageOutlet {
  /** Brings what is lacking there, under this tag, and returns what names it there. Idempotent. */
  put(image: BakedImage, tag: string, signal: AbortSignal): Promise<string>;
}
