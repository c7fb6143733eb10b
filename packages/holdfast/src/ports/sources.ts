import type { Readable } from 'node:stream';
import type { ResolvedSource } from './desires.ts';

/** The files that images are made of. */
export interface Sources {
  /** SHA-256 over all that goes in. Throws a Problem for what is missing. */
  fingerprint(source: ResolvedSource): Promise<string>;
  /** The build context, or the root file system archive, as a tar stream. */
  open(source: ResolvedSource): Promise<Readable>;
}
