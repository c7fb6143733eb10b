import type { ServiceHandle } from '../../../model/service-handle.ts';
import type { Place } from './places.ts';

type Made = ServiceHandle<string>;

/** Each needs the one before: so they are replaced one at a time, each when the one before is well again. */
export function oneByOne(
  places: readonly Place[],
  make: (place: Place, before: readonly Made[]) => Made,
): readonly Made[] {
  const made: Made[] = [];
  for (const place of places) made.push(make(place, made.slice(-1)));
  return made;
}
