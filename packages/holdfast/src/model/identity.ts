import type { Address } from './address.ts';
import { nameIn } from './address.ts';

/**
 * The labels that every object of ours carries on its engine. They can't be changed after birth, so they hold what
 * never changes; present names, releases and adoption are facts of the journal.
 */
export const labels = {
  uid: 'holdfast.uid',
  /** The provider's kind: what is made from an image carries the image's labels too, and must not pass for it. */
  kind: 'holdfast.kind',
  system: 'holdfast.system',
  environment: 'holdfast.environment',
  /** The address it was born with. */
  bornAs: 'holdfast.born-as',
  /** SHA-256 of the specification it was born with, secrets by their keyed hash. */
  bornWith: 'holdfast.born-with',
} as const;

/** Which objects on an engine are ours. */
export interface Scope {
  readonly system: string;
  readonly environment: string;
}

/** What an object is called on its engine. Unique for ever, since the uid is part of it. */
export const engineName = (scope: Scope, address: Address, uid: string): string =>
  `${scope.system}-${scope.environment}-${nameIn(address).replaceAll('.', '-')}-${uid}`;

/** The name by which other instances and the router reach one instance; it stays when the object is renamed by hand. */
export const instanceHost = (address: Address, uid: string): string => `${nameIn(address).replaceAll('.', '-')}-${uid}`;
