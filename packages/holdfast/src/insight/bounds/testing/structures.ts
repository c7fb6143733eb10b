import * as fc from 'fast-check';
import { parsePercentage } from '../../../kit/percentage.ts';
import { all, any, atLeast, type Element, element, type Structure } from '../structure.ts';

/** Small shares and odd ones too: what is exact for one figure is so for all. */
const share = fc
  .tuple(fc.integer({ min: 0, max: 99 }), fc.integer({ min: 0, max: 999 }))
  .map(([whole, part]) => parsePercentage(`${whole}.${String(part).padStart(3, '0')}%`));

const elements = (most: number): fc.Arbitrary<readonly Element[]> =>
  fc
    .array(fc.option(share, { freq: 6, nil: undefined }), { minLength: 1, maxLength: most })
    .map(shares => shares.map((one, index) => element(`part/${index}`, one)));

/** One gate: its kind, how many it needs, and which of what stands below it are its parts. */
const gate = fc.record({
  kind: fc.constantFrom('all', 'any', 'at-least'),
  count: fc.nat(4),
  picks: fc.array(fc.nat(1_000), { maxLength: 4 }),
});

/**
 * Structures of up to so many elements, whose parts are shared at random: gates stand on elements and on other gates,
 * and the whole needs some of what no gate stands on.
 */
export const structures = (most: number): fc.Arbitrary<Structure> =>
  fc.tuple(elements(most), fc.array(gate, { maxLength: 9 }), fc.nat(6)).map(([leaves, gates, count]) => {
    const made: Structure[] = [...leaves];
    const used = new Set<Structure>();
    for (const { kind, count, picks } of gates) {
      const of = picks.map(pick => made[pick % made.length] as Structure);
      for (const part of of) used.add(part);
      made.push(kind === 'all' ? all(of) : kind === 'any' ? any(of) : atLeast(count, of));
    }
    const tops = made.filter(part => !used.has(part));
    return atLeast(Math.min(count, tops.length), tops);
  });
