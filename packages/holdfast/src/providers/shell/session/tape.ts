import type { Printed } from '../../../ports/looking/command-runner.ts';

/** Takes down what is printed, and keeps no more of it than its beginning and its end. */
export interface Tape {
  take(bytes: Uint8Array): void;
  readonly total: number;
  printed(): Printed;
}

/** Bytes that are kept of each end. */
export const keptOfEachEnd = 512 * 1024;

export function tape(kept = keptOfEachEnd): Tape {
  const first: Uint8Array[] = [];
  let last: Uint8Array[] = [];
  let [atFirst, atLast, total] = [0, 0, 0];

  function takeLast(bytes: Uint8Array): void {
    last.push(bytes.slice());
    atLast += bytes.length;
    // Cut once in a while only, so that many small parts cost no more than few large ones.
    if (atLast < 2 * kept) return;
    last = [Buffer.concat(last).subarray(-kept)];
    atLast = kept;
  }
  return {
    take(bytes) {
      total += bytes.length;
      const fitting = bytes.subarray(0, kept - atFirst);
      if (fitting.length > 0) first.push(fitting.slice());
      atFirst += fitting.length;
      if (fitting.length < bytes.length) takeLast(bytes.subarray(fitting.length));
    },
    get total() {
      return total;
    },
    printed: () => ({ first: Buffer.concat(first), last: Buffer.concat(last).subarray(-kept), total }),
  };
}
