import type { Readable } from 'node:stream';
import type { ResolvedSource } from './desires.ts';

/** What the Dockerfile is called in a build context that {@link Sources.open} gives, wherever it stood. */
export const dockerfileInContext = '.holdfast.Dockerfile';

/** The files that images are made of. */
export interface Sources {
  /** SHA-256 over all that goes in. Throws a Problem for what is missing. */
  fingerprint(source: ResolvedSource): Promise<string>;
  /**
   * The build context, or the root file system archive, as a tar stream. Throws a Problem when the sources are no
   * longer those of the fingerprint: what is built must be what was planned.
   */
  open(source: ResolvedSource, fingerprint: string): Promise<Readable>;
}
