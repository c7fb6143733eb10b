import { sameJson } from '../kit/json.ts';
import type { Address } from './address.ts';
import { addressOf, type Known, type KnownKind, type Resource } from './resource.ts';

/** A whole system as declared for one environment: versioned plain data, in the order of declaration. */
export interface SystemModel {
  readonly format: 1;
  readonly name: string;
  readonly environment: string;
  readonly resources: readonly Resource[];
  /** Availabilities of the machines that it lives on, by the names of their engines: `{ default: '99.95%' }`. */
  readonly hosts?: Readonly<Record<string, string>>;
}

/** The system with nothing in it: what `down` goes to. */
export const emptied = (model: SystemModel): SystemModel => ({ ...model, resources: [] });

/** Without what may differ while nothing changed: where a line stands. */
export const comparable = (model: SystemModel): SystemModel => ({
  ...model,
  resources: model.resources.map(({ at: _, ...resource }) => resource),
});

/** Whether they declare the same. */
export const sameModel = (a: SystemModel, b: SystemModel): boolean => sameJson(comparable(a), comparable(b));

export const resourcesOf = <K extends KnownKind>(model: SystemModel, kind: K): readonly Known<K>[] =>
  model.resources.filter((resource): resource is Known<K> => resource.kind === kind);

export const byAddress = (model: SystemModel): ReadonlyMap<Address, Resource> =>
  new Map(model.resources.map(resource => [addressOf(resource), resource]));
