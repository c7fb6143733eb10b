import pLimit from 'p-limit';
import { withInputs } from './bake/inputs.ts';
import { type BakeGround, type BakeResult, bakeOne } from './bake/story/bake-image.ts';
import { orders } from './bake/story/orders.ts';
import { type Inspected, inspect } from './engine/observe/inspect.ts';
import { releaseToReturnTo } from './engine/release/past.ts';
import { type Prepared, type PrepareOptions, prepare } from './engine/release/prepare.ts';
import { type Released, type ReleaseGround, release } from './engine/release/release.ts';
import { readPlan, refuseForeign, refuseOvertaken, resealed } from './engine/release/saved-plan.ts';
import { refuseSecondGeneration } from './engine/release/second-generation.ts';
import type { FactDraft } from './journal/fact.ts';
import { emptied, type SystemModel } from './model/system-model.ts';
import type { Sources } from './ports/sources.ts';

/** What a verb stands on: handed in by the composition root. */
export interface Stage extends ReleaseGround {
  /** Evaluates system.ts. */
  declare(): Promise<SystemModel>;
  readonly sources: Sources;
  /** Writes what was found for recipes into `holdfast.lock`. */
  keepLock(): Promise<void>;
  /** Throws Problems for images that the environment does not take: where it demands it, those that are not sealed. */
  admit(model: SystemModel): Promise<void>;
  /** Shows the plan and asks. Throws a Problem when the answer is no. */
  confirm(prepared: Prepared): Promise<void>;
}

/** A stage that holds the environment's lease. */
export type LeasedStage = Stage;

/** What would change. Touches nothing. */
export async function plan(stage: Stage, options: PrepareOptions = {}): Promise<Prepared> {
  return prepare(await declared(stage), stage, options);
}

/** Makes the world as declared: one release, kept or gone back as a whole. */
export async function up(stage: LeasedStage, options: PrepareOptions = {}): Promise<Released> {
  const model = await declared(stage);
  await stage.keepLock();
  await stage.admit(model);
  await makeSecrets(model, stage);
  const prepared = await prepare(model, stage, options);
  await stage.confirm(prepared);
  return release('up', prepared, stage);
}

/** Applies exactly a saved plan, if the world is still as it was. */
export async function upPlanned(stage: LeasedStage, path: string): Promise<Released> {
  const [saved, { name: system, environment }] = [await readPlan(path), await stage.declare()];
  refuseForeign(path, saved, { system, environment });
  const now = await prepare(saved.plan.model, stage);
  refuseOvertaken(path, saved, now);
  await stage.admit(saved.plan.model);
  await makeSecrets(saved.plan.model, stage);
  const prepared = { ...now, plan: resealed(saved.plan, stage.vault.seal) };
  await stage.confirm(prepared);
  return release('up', prepared, stage);
}

/** Takes the environment away, all but its data unless that is asked for too. */
export async function down(stage: LeasedStage, withData: boolean): Promise<Released> {
  const { name, environment, ...model } = emptied(await stage.declare());
  const prepared = await prepare({ ...model, name, environment }, stage, {
    destroy: withData ? 'all' : new Set(),
    forgetImages: true,
  });
  await stage.confirm(prepared);
  const released = await release('down', prepared, stage);
  if (released.outcome === 'kept')
    await stage.record({ kind: 'environment.removed', system: name, environment, payload: { withData } });
  return released;
}

/** The same path as `up`, toward an older release. */
export async function rollback(stage: LeasedStage, to?: string): Promise<Released> {
  const { name, environment } = await stage.declare();
  const { model, secrets } = await releaseToReturnTo(stage.journal, name, environment, to);
  await stage.admit(model);
  stage.vault.returnTo(secrets);
  await makeSecrets(model, stage);
  const prepared = await prepare(model, stage);
  await stage.confirm(prepared);
  return release('rollback', prepared, stage);
}

/** What a bake works with besides. */
export interface BakeStage extends Stage {
  /** For a model whose images have their inputs. */
  oven(model: SystemModel): BakeGround;
}

/** Bakes the images of a system, or those of these names; examines and seals them. Deploys nothing. */
export async function bake(stage: BakeStage, names: readonly string[]): Promise<readonly BakeResult[]> {
  const model = await declared(stage);
  await stage.keepLock();
  const oven = stage.oven(model);
  return pLimit(atOnce).map(orders(model, names), order => bakeOne(order, oven));
}

/** How many images are baked at a time: each keeps a processor busy. */
const atOnce = 2;

export interface Status extends Inspected {
  readonly prepared: Prepared;
}

/** What runs, from observation. */
export async function status(stage: Stage): Promise<Status> {
  const prepared = await plan(stage);
  return { prepared, ...(await inspect(prepared, stage)) };
}

const declared = async (stage: Stage): Promise<SystemModel> => withInputs(await stage.declare(), stage.sources);

/** Makes the secrets that are to be generated; never anew for an environment that runs with others already. */
async function makeSecrets(model: SystemModel, stage: LeasedStage): Promise<void> {
  const { vault, record } = stage;
  await vault.open(model);
  vault.require(model);
  if (vault.ungenerated(model).length > 0) await refuseSecondGeneration(model, stage);
  const { name: system, environment } = model;
  const made = await vault.generate(model);
  await Promise.all(
    made.map(name => record({ kind: 'secret.generated', system, environment, payload: { name } } satisfies FactDraft)),
  );
}
