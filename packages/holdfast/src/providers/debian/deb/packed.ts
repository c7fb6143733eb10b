import { Problem } from '../../../kit/problem.ts';
import { spellSize } from '../../../kit/size.ts';
import type { Slice } from '../../../kit/tree.ts';

/** A compressed part of a file, or a whole one. */
export interface Packed extends Slice {
  /** In bytes. */
  readonly length: number;
  readonly kind: 'xz' | 'gz' | 'zst' | 'none';
}

/**
 * Writes what is packed to the file `to`, without holding it in memory, and returns how many bytes it is. Throws a
 * Problem where it is damaged or larger than `limit` bytes, as soon as it is; then, and when aborted, no file stays.
 */
export type Decompress = (packed: Packed, to: string, limit: number, signal: AbortSignal) => Promise<number>;

export const tooLarge = ({ file }: Slice, limit: number): Problem =>
  new Problem({
    what: `${file} unpacks to more than ${spellSize(limit)}`,
    why: 'that is more than what is sound can take, and what is made to fill a disk does',
    fix: 'Don’t use this file: get it anew, from a source that you trust',
  });

export const damaged = ({ file, kind }: Packed, cause: unknown): Problem =>
  new Problem({
    what: `${file} can't be unpacked`,
    why: `its ${kind} stream: ${cause instanceof Error ? cause.message : String(cause)}`,
    fix: 'Get it anew: it may have been cut or changed on its way',
    cause,
  });
