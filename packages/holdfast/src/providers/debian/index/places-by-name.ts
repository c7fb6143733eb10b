import type { Place } from './stanza-table.ts';

/** Places under names. Most names have one, which then takes no list of its own. */
export interface PlacesByName {
  names(): Iterable<string>;
  /** In the order in which they were added. */
  of(name: string): readonly Place[];
}

export function placesByName(named: Iterable<readonly [name: string, place: Place]>): PlacesByName {
  const places = new Map<string, Place | Place[]>();
  for (const [name, place] of named) {
    const before = places.get(name);
    if (before === undefined) places.set(name, place);
    else if (typeof before === 'number') places.set(name, [before, place]);
    else before.push(place);
  }
  return {
    names: () => places.keys(),
    of: name => {
      const found = places.get(name) ?? [];
      return typeof found === 'number' ? [found] : found;
    },
  };
}
