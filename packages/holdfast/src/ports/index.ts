/** What a provider by a third party is written against. */

export type { Address } from '../model/address.ts';
export type { Scope } from '../model/identity.ts';
export type {
  ImageDesire,
  InstanceDesire,
  InstanceState,
  NetworkDesire,
  NetworkState,
  SealedText,
  VolumeDesire,
} from './desires.ts';
export type { Birth, Desired, Difference, Provider, Seen } from './provider.ts';
