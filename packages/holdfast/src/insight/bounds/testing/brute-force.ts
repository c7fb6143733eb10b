import { type Share, whole } from '../../../kit/percentage.ts';
import { elementsOf, type Structure } from '../structure.ts';

/**
 * Goes through every state that the elements can be in, and adds up how likely each is in which the whole stands.
 * Shares nothing with the diagram, and takes twice as long with each further element.
 */
export function bruteForce(structure: Structure): Share {
  const elements = elementsOf(structure);
  const places = Math.max(...elements.map(({ availability }) => availability?.places ?? 0), 0);
  const one = 10n ** BigInt(places);
  let units = 0n;
  for (let state = 0; state < 2 ** elements.length; state += 1) {
    const up = new Set(elements.filter((_, index) => Math.floor(state / 2 ** index) % 2 === 1).map(({ id }) => id));
    if (holds(structure, up))
      units += elements.reduce((chance, { id, availability = whole }) => {
        const there = availability.units * 10n ** BigInt(places - availability.places);
        return chance * (up.has(id) ? there : one - there);
      }, 1n);
  }
  return { units, places: places * elements.length };
}

function holds(structure: Structure, up: ReadonlySet<string>): boolean {
  if (structure.is === 'element') return up.has(structure.id);
  const parts = structure.of.map(part => holds(part, up));
  if (structure.is === 'all') return !parts.includes(false);
  if (structure.is === 'any') return parts.includes(true);
  return parts.filter(Boolean).length >= structure.count;
}
