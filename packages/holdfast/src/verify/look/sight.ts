import type { Sight } from '../../ports/looking/looker.ts';
import type { AnyGlance } from './facts/glance.ts';

type How = Omit<Extract<Sight, { readonly looked: unknown }>, 'looked'>;

/** What was seen, with the way in which it was seen. */
export const sightOf = (glance: AnyGlance, how: How): Sight =>
  'elsewhere' in glance ? glance : { looked: glance, ...how };
