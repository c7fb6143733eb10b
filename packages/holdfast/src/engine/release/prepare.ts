import type { Journal } from '../../journal/journal.ts';
import { destructions, type KeptRelease, lastKept, recentKept, renames } from '../../journal/view.ts';
import { digestOf } from '../../kit/hash.ts';
import type { NewId } from '../../kit/id.ts';
import { type Address, address } from '../../model/address.ts';
import { imageReference } from '../../model/image-reference.ts';
import { resourcesOf, type SystemModel, sameModel } from '../../model/system-model.ts';
import type { Tools } from '../apply/perform.ts';
import type { EnvironmentFacts } from '../desire/environment-facts.ts';
import { Names } from '../observe/names.ts';
import { isOurs, type Observers, observe, type World } from '../observe/world.ts';
import type { Plan } from '../plan/plan.ts';
import type { Rotated } from '../plan/plan-input.ts';
import { plan } from '../plan/planner.ts';
import type { SecretHashes, Vault } from './vault.ts';

/** What the engine stands on. */
export interface Ground extends Tools, Observers {
  readonly facts: EnvironmentFacts;
  readonly journal: Journal;
  readonly vault: Vault;
  readonly newId: NewId;
}

export interface PrepareOptions {
  /** Names of what holds data and is to be destroyed when its grace period is over, or all, at once. */
  readonly destroy?: ReadonlySet<string> | 'all';
  /** Whether what is named has its grace period. Default true. */
  readonly grace?: boolean;
  /** Whether what is overdue goes: it is what `up` does, and nothing else. Default false. */
  readonly overdueGoes?: boolean;
  /** Uids of what a release has scheduled that goes back. */
  readonly calledOff?: ReadonlySet<string>;
  /** Takes images away that only older releases name. */
  readonly forgetImages?: boolean;
}

/** A plan with the world that it was made for. */
export interface Prepared {
  readonly plan: Plan;
  readonly world: World;
  /** The release that ran when it was planned. */
  readonly last?: KeptRelease;
  /** Tells whether the world has moved since. */
  readonly basis: () => string;
}

/** How many other releases one can go back to: their images stay. */
const othersKept = 4;

/** Observes everything, then plans. */
export async function prepare(model: SystemModel, ground: Ground, options: PrepareOptions = {}): Promise<Prepared> {
  const scope = { system: model.name, environment: model.environment };
  const [last, given, scheduled] = await Promise.all([
    lastKept(ground.journal, scope.system, scope.environment),
    renames(ground.journal, scope.system, scope.environment),
    destructions(ground.journal, scope.system, scope.environment),
    ground.vault.open(model),
  ]);
  const world = await observe(scope, edgesOf(model, last?.model), ground, new Names(given));
  const planned = plan({
    model,
    world,
    facts: { ...ground.facts, ...(options.grace === false && { grace: 0 }) },
    provider: ground.providers,
    seal: ground.vault.seal,
    seed: ground.newId(),
    destroy: options.destroy ?? new Set(),
    destructions: {
      ...{ scheduled, now: ground.clock() },
      ...{ overdueGoes: options.overdueGoes ?? false, calledOff: options.calledOff ?? new Set() },
    },
    notes: [...missingSecrets(model, ground.vault), ...ground.vault.warnings(model)],
    rotated: rotatedSince(last?.secrets, model, ground.vault),
    reachableImages: options.forgetImages ? new Set() : await reachable(model, world, ground),
    ...(last && { last: last.model }),
  });
  return {
    plan: planned,
    world,
    ...(last && { last }),
    basis: () =>
      basisOf(world, model, ground, { release: last?.release ?? null, destructions: [...scheduled.values()] }),
  };
}

const missingSecrets = (model: SystemModel, vault: Vault): readonly string[] =>
  vault.missing(model).map(({ name }) => `secret "${name}" has no value yet: ${vault.howToGive(name)}`);

/** A secret that the release did not have is new, not rotated. */
const rotatedSince = (before: SecretHashes = {}, model: SystemModel, vault: Vault): readonly Rotated[] =>
  resourcesOf(model, 'secret').flatMap(({ name }) => {
    const hash = Object.hasOwn(before, name) ? before[name] : undefined;
    const wanted = hash && vault.insteadOf(hash, name);
    return wanted ? [{ name, wanted }] : [];
  });

/** The services that lead traffic, under the names that they have or had. */
const edgesOf = (...models: readonly (SystemModel | undefined)[]): readonly Address[] => [
  ...new Set(
    models
      .flatMap(model => (model ? resourcesOf(model, 'routes') : []))
      .flatMap(({ spec, movedFrom = [] }) => [spec.edge, ...movedFrom.map(name => address('service', name))]),
  ),
];

/** References of the images that recent releases name. Read only when there is one that the model does not name. */
async function reachable(model: SystemModel, world: World, { journal }: Ground): Promise<ReadonlySet<string>> {
  const named = referencesIn(model);
  const strangers = world.seen.filter(seen => seen.kind === 'image' && isOurs(seen) && !named.includes(seen.name));
  if (strangers.length === 0) return new Set(named);
  const releases = await recentKept(journal, model.name, model.environment, othersKept + 1);
  if (releases.length === 0) return new Set(strangers.map(seen => seen.name));
  // What is planned will be among the recent ones itself: counted as if it were, it leaves nothing to tidy up later.
  const others = releases.filter(release => !sameModel(release.model, model)).slice(0, othersKept);
  return new Set([...named, ...others.flatMap(release => referencesIn(release.model))]);
}

function referencesIn(model: SystemModel): readonly string[] {
  const scope = { system: model.name, environment: model.environment };
  return resourcesOf(model, 'image').map(image => imageReference(scope, image));
}

/**
 * What a plan rests on: what is there, the release that runs and what is to be destroyed, what the environment allows, and the
 * secrets by their hashes.
 */
function basisOf(world: World, model: SystemModel, { facts, vault }: Ground, told: object): string {
  const ours = world.seen
    .filter(isOurs)
    .map(({ kind, engine, id, name, state }) => ({ kind, engine, id, name, state }));
  const seals = resourcesOf(model, 'secret').map(({ name }) => vault.seal({ $secret: name }).seal ?? null);
  return digestOf({ ...told, facts, seals, ours: ours.sort((a, b) => (a.id < b.id ? -1 : 1)) });
}
