import type { Destruction } from '../../journal/fact.ts';
import type { SystemModel } from '../../model/system-model.ts';
import type { Provider } from '../../ports/provider.ts';
import type { EnvironmentFacts } from '../desire/environment-facts.ts';
import type { Seal } from '../desire/surroundings.ts';
import type { World } from '../observe/world.ts';

export interface Rotated {
  readonly name: string;
  /** In words, what value it is given: `another one`. */
  readonly wanted: string;
}

/** What is known of data that was named to be destroyed. */
export interface Destructions {
  /** By uid. */
  readonly scheduled: ReadonlyMap<string, Destruction>;
  /** In milliseconds since 1970. */
  readonly now: number;
  /** Whether what is overdue goes: where somebody asks for what is declared, and neither on a way back nor on a way out. */
  readonly overdueGoes: boolean;
  /** Uids of what a release has scheduled that goes back. */
  readonly calledOff: ReadonlySet<string>;
}

/** All that a plan follows from. */
export interface PlanInput {
  readonly model: SystemModel;
  readonly world: World;
  readonly facts: EnvironmentFacts;
  readonly provider: (kind: string, engine: string) => Provider;
  readonly seal: Seal;
  /** What new ids follow from. Another seed gives other ids and the same plan otherwise. */
  readonly seed: string;
  /** The model of the release that runs, where the journal knows it: orders removals. */
  readonly last?: SystemModel;
  /** References of images that a reachable release names. */
  readonly reachableImages: ReadonlySet<string>;
  readonly destructions: Destructions;
  /** Names of what holds data and is to be destroyed when its grace period is over, or all, at once. */
  readonly destroy: ReadonlySet<string> | 'all';
  /** Secrets that have another value than in the release that runs, or are given one. */
  readonly rotated?: readonly Rotated[];
  /** What a reader should know besides. */
  readonly notes?: readonly string[];
}
