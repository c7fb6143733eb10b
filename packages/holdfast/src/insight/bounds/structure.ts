import { compareShares, type Share } from '../../kit/percentage.ts';
import { Problem } from '../../kit/problem.ts';

/** One thing that is there or is not: an instance, a host, a network, an image, a company, a team on call. */
export interface Element {
  readonly is: 'element';
  /** Two with one id are one element: what is shared is counted once. Usually an address, as in `upstream/stripe`. */
  readonly id: string;
  /** The share of time for which it is there. Without one it counts as 1, and is listed as assumed. */
  readonly availability?: Share;
}

/** Needs each of its parts. */
export interface All {
  readonly is: 'all';
  readonly of: readonly Structure[];
}

/** Needs one of its parts. */
export interface AnyOf {
  readonly is: 'any';
  readonly of: readonly Structure[];
}

/** Needs so many of its parts. */
export interface AtLeast {
  readonly is: 'at-least';
  readonly count: number;
  readonly of: readonly Structure[];
}

/**
 * What must be there for the whole to be there. Immutable plain data; a part may stand in several places. More that is
 * there never makes less of the whole: there is no negation.
 */
export type Structure = Element | All | AnyOf | AtLeast;

export const element = (id: string, availability?: Share): Element => ({
  is: 'element',
  id,
  ...(availability && { availability }),
});

/** There when nothing is missing; without parts, always. */
export const all = (of: readonly Structure[]): Structure => single(of) ?? { is: 'all', of };

/** There as long as one part is; without parts, never. */
export const any = (of: readonly Structure[]): Structure => single(of) ?? { is: 'any', of };

export const atLeast = (count: number, of: readonly Structure[]): Structure => ({ is: 'at-least', count, of });

const single = (of: readonly Structure[]): Structure | undefined => (of.length === 1 ? of[0] : undefined);

/** Each element once, in the order in which they are met. Throws a Problem where two places disagree about one. */
export function elementsOf(structure: Structure): readonly Element[] {
  const found = new Map<string, Element>();
  walk(structure, new Set(), one => {
    const known = found.get(one.id) ?? one;
    if (!agree(known.availability, one.availability)) throw twoFigures(one.id);
    found.set(one.id, known);
  });
  return [...found.values()];
}

function walk(structure: Structure, seen: Set<Structure>, visit: (one: Element) => void): void {
  if (seen.has(structure)) return;
  seen.add(structure);
  if (structure.is === 'element') visit(structure);
  else for (const part of structure.of) walk(part, seen, visit);
}

const agree = (a: Share | undefined, b: Share | undefined): boolean =>
  a === undefined || b === undefined ? a === b : compareShares(a, b) === 0;

/** Whether the whole is there while the given elements are not. */
export function stands(
  structure: Structure,
  down: ReadonlySet<string>,
  known = new Map<Structure, boolean>(),
): boolean {
  if (structure.is === 'element') return !down.has(structure.id);
  const found = known.get(structure);
  if (found !== undefined) return found;
  const up = structure.of.filter(part => stands(part, down, known)).length;
  known.set(structure, up >= needed(structure));
  return up >= needed(structure);
}

/** How many of its parts it needs. */
export const needed = (gate: All | AnyOf | AtLeast): number =>
  gate.is === 'all' ? gate.of.length : gate.is === 'any' ? 1 : gate.count;

/** The same structure with each element changed by `change`; what was shared stays shared. */
export function mapElements(
  structure: Structure,
  change: (one: Element) => Structure,
  made = new Map<Structure, Structure>(),
): Structure {
  const known = made.get(structure);
  if (known) return known;
  const changed =
    structure.is === 'element'
      ? change(structure)
      : { ...structure, of: structure.of.map(part => mapElements(part, change, made)) };
  made.set(structure, changed);
  return changed;
}

const twoFigures = (id: string): Problem =>
  new Problem({
    what: `${id} has two availabilities`,
    why: 'what has one name is one thing, and is counted once',
    fix: 'give it the same one in each place, or give two things two names',
  });
