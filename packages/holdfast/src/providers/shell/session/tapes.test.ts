import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { finder, newMark } from './mark.ts';
import { tape } from './tape.ts';

/** The same bytes in parts. */
const inParts = (bytes: Uint8Array, sizes: readonly number[]): readonly Uint8Array[] => {
  const parts: Uint8Array[] = [];
  let at = 0;
  for (const size of sizes) {
    parts.push(bytes.subarray(at, at + size));
    at += size;
  }
  return [...parts, bytes.subarray(at)].filter(({ length }) => length > 0);
};

const sizes = fc.array(fc.integer({ min: 1, max: 40 }), { maxLength: 30 });
const mark = 'holdfast-0123456789abcdef';

describe('a mark', () => {
  /** Bytes that come close to being the mark. */
  const close = fc.array(
    fc.oneof(fc.constantFrom('holdfast-', mark, `${mark}x`, 'h', '\n', `\n${mark}`, ' '), fc.string({ maxLength: 5 })),
    { maxLength: 20 },
  );

  test('is found wherever it is cut, and what stands before it is given whole', () => {
    fc.assert(
      fc.property(close, fc.integer({ min: 0, max: 255 }), sizes, (words, code, cuts) => {
        const before = words.join('').replaceAll(`${mark} `, `${mark}-`);
        const given: Uint8Array[] = [];
        const found = finder(mark, bytes => given.push(bytes.slice()));
        const all = Buffer.from(`${before}${mark} ${code}\n`);
        const answers = inParts(all, cuts).map(part => found.take(part));
        expect(answers.at(-1)).toBe(true);
        expect(answers.slice(0, -1)).not.toContain(true);
        expect(Buffer.concat(given).toString()).toBe(before);
        expect(found.line).toBe(String(code));
      }),
    );
  });

  test('is another one each time', () => {
    expect(newMark()).toMatch(/^holdfast-[0-9a-f]{32}$/);
    expect(newMark()).not.toBe(newMark());
  });
});

describe('a tape', () => {
  test('keeps the beginning and the end, and counts all', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), sizes, fc.integer({ min: 1, max: 50 }), (bytes, cuts, kept) => {
        const taken = tape(kept);
        for (const part of inParts(bytes, cuts)) taken.take(part);
        const { first, last, total } = taken.printed();
        expect(total).toBe(bytes.length);
        expect(Buffer.from(first)).toEqual(Buffer.from(bytes.subarray(0, kept)));
        expect(Buffer.from(last)).toEqual(Buffer.from(bytes.subarray(Math.max(kept, bytes.length - kept))));
      }),
    );
  });
});
