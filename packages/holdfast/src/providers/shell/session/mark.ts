import { randomBytes } from 'node:crypto';

/** What ends the output of one command: 128 random bits, which nobody inside could have known before. */
export const newMark = (): string => `holdfast-${randomBytes(16).toString('hex')}`;

/** Finds a mark in what comes part by part, and gives what stands before it as it comes. */
export interface Finder {
  /** Whether the mark, and the line that it begins, are there. Nothing may be given after that. */
  take(bytes: Uint8Array): boolean;
  /** What stands behind the mark in its line. */
  readonly line: string;
  /** What came after the line; where there is none, what might yet have been the beginning of the mark. */
  readonly rest: Uint8Array;
}

export function finder(mark: string, before: (bytes: Uint8Array) => void): Finder {
  const wanted = Buffer.from(`${mark} `);
  let held: Uint8Array = Buffer.alloc(0);
  let isFound = false;
  let line = '';

  /** What might be the beginning of the mark is held back. */
  function search(): void {
    const at = Buffer.from(held.buffer, held.byteOffset, held.length).indexOf(wanted);
    isFound = at >= 0;
    const free = isFound ? at : Math.max(0, held.length - wanted.length + 1);
    if (free > 0) before(held.subarray(0, free));
    held = held.subarray(isFound ? at + wanted.length : free);
  }
  return {
    take(bytes) {
      held = held.length === 0 ? bytes : Buffer.concat([held, bytes]);
      if (!isFound) search();
      const end = isFound ? held.indexOf(0x0a) : -1;
      if (end < 0) return false;
      line = Buffer.from(held.subarray(0, end)).toString('latin1');
      held = held.subarray(end + 1);
      return true;
    },
    get line() {
      return line;
    },
    get rest() {
      return held;
    },
  };
}
