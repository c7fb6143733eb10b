import pLimit from 'p-limit';
import { withInputs } from './bake/inputs.ts';
import { type BakeGround, type BakeResult, bakeOne } from './bake/story/bake-image.ts';
import { orders } from './bake/story/orders.ts';
import { engineNames, runningOf } from './engine/observe/engine-names.ts';
import { type Inspected, inspect } from './engine/observe/inspect.ts';
import { Names } from './engine/observe/names.ts';
import { observe } from './engine/observe/world.ts';
import { needsItsName, type Plan } from './engine/plan/plan.ts';
import { releaseToReturnTo } from './engine/release/past.ts';
import { type Prepared, type PrepareOptions, prepare } from './engine/release/prepare.ts';
import { type Released, type ReleaseGround, release } from './engine/release/release.ts';
import { readPlan, refuseForeign, refuseOvertaken, resealed } from './engine/release/saved-plan.ts';
import { refuseSecondGeneration } from './engine/release/second-generation.ts';
import type { Vault } from './engine/release/vault.ts';
import { unsignedExcesses } from './insight/bounds/of-promise.ts';
import { lastKept, renames } from './journal/view.ts';
import { Problems } from './kit/problem.ts';
import { type Address, nameIn } from './model/address.ts';
import { emptied, resourcesOf, type SystemModel } from './model/system-model.ts';
import type { Providers } from './ports/provider.ts';
import type { Sources } from './ports/sources.ts';
import type { Asked } from './restore/asked.ts';
import { backedUp } from './restore/backed-up.ts';
import { restoredScope } from './restore/desire.ts';
import type { RestoreGround } from './restore/ground.ts';
import { type Restored, restore as restoreBackup } from './restore/restore.ts';
import { derive } from './verify/derive/derive.ts';
import type { ReleasedImages } from './verify/derive/released.ts';
import { declarationsIn, evidenceIn } from './verify/evidence/check-ran.ts';
import { type Digests, groundOf } from './verify/evidence/footing.ts';
import type { Outcome } from './verify/outcome.ts';
import { lapsedRisks } from './verify/promise/lapsed-risks.ts';
import { chosenChecks } from './verify/run/chosen.ts';
import { measureChecks, measurementsIn } from './verify/run/measures.ts';
import type { FindPlaces } from './verify/run/place.ts';
import { runChecks, type SaidCheck } from './verify/run/run-checks.ts';

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

/** What would change. Touches nothing. Refuses a promise that can't be kept. */
export async function plan(stage: Stage, options: PrepareOptions = {}): Promise<Prepared> {
  return prepare(promised(await declared(stage), stage), stage, { ...options, overdueGoes: true });
}

/** Makes the world as declared: one release, kept or gone back as a whole. */
export async function up(stage: LeasedStage, options: PrepareOptions = {}): Promise<Released> {
  const model = promised(await declared(stage), stage);
  await stage.keepLock();
  await stage.admit(model);
  await makeSecrets(model, stage);
  const prepared = await prepare(model, stage, { ...options, overdueGoes: true });
  await stage.confirm(prepared);
  return release('up', prepared, stage);
}

/** Applies exactly a saved plan, if the world is still as it was. */
export async function upPlanned(stage: LeasedStage, path: string): Promise<Released> {
  const [saved, { name: system, environment }] = [await readPlan(path), await stage.declare()];
  refuseForeign(path, saved, { system, environment });
  const now = await prepare(saved.plan.model, stage, { destroy: namedIn(saved.plan) });
  refuseOvertaken(path, saved, now);
  await stage.admit(saved.plan.model);
  await makeSecrets(saved.plan.model, stage);
  const prepared = { ...now, plan: resealed(saved.plan, stage.vault.seal) };
  await stage.confirm(prepared);
  return release('up', prepared, stage);
}

/** What holds data and was named for it, by name. */
const namedIn = ({ changes }: Plan): ReadonlySet<string> =>
  new Set(changes.filter(needsItsName).map(({ address }) => nameIn(address)));

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

/** Where checks are done, and on what. */
export interface CheckStage extends Stage {
  /** The digests that run. */
  digests(model: SystemModel): Promise<Digests>;
  /** What is known of the images that a model names. */
  released(model: SystemModel): Promise<ReleasedImages>;
  /** Finds what checks of a model are of; its images have their inputs. */
  placesIn(model: SystemModel): FindPlaces;
}

/** What a run of checks came to, and what was asked. */
export interface Checked {
  readonly outcome: Outcome;
  readonly checks: readonly SaidCheck[];
  readonly placesOf: FindPlaces;
}

/** Looks whether what is said of what runs is so; each check that was done is evidence. */
export async function check(stage: CheckStage, asked: readonly string[]): Promise<Checked> {
  const model = await declared(stage);
  const { clock, signal, journal, record } = stage;
  const { name: system, environment } = model;
  const released = await lastKept(journal, system, environment);
  const about = { system, environment, ...(released && { release: released.release }) };
  const checks = chosenChecks(await saidOf(model, stage), asked);
  const placesOf = stage.placesIn(model);
  const outcome = await runChecks({ about, checks, placesOf, clock, signal });
  const ground = groundOf(model, await stage.digests(model));
  await Promise.all([
    ...evidenceIn(outcome, ground).map(payload => record({ kind: 'check.ran', ...about, payload })),
    ...declarationsIn(outcome, ground).map(payload => record({ kind: 'declaration.checked', ...about, payload })),
    ...measurementsIn(outcome, model, ground).map(payload => record({ kind: 'promise.measured', ...about, payload })),
  ]);
  return { outcome, checks, placesOf };
}

/** What people say, what follows from the declaration, and what promises are measured by. */
const saidOf = async (model: SystemModel, stage: CheckStage): Promise<readonly SaidCheck[]> => [
  ...resourcesOf(model, 'check'),
  ...derive(model, await stage.released(model)),
  ...measureChecks(model),
];

/** What restores work with besides. */
export interface RestoreStage extends Stage {
  /** They make what is restored, in a scope of its own: see `restoredScope`. */
  readonly restored: Providers;
  readonly tellRestore: RestoreGround['tell'];
}

/** Makes a server of a backup, beside those that run: of a database by its name, or of the only one that has backups. */
export async function restore(stage: RestoreStage, asked: Asked): Promise<Restored> {
  const model = await releasedOr(declared, stage);
  const of = { system: model.name, environment: model.environment };
  const { cluster, backups } = backedUp(model, asked.database);
  await stage.vault.open(model);
  const world = await observe(of, [], stage, new Names(await renames(stage.journal, of.system, of.environment)));
  const { seal } = stage.vault;
  return restoreBackup(asked, {
    ...stage,
    ...{ of, cluster, backups, providers: stage.restored, tell: stage.tellRestore },
    passphrases: passphrasesOf(backups.key ?? (await declaredKey(cluster.name, stage)), model, stage.vault),
    around: { scope: restoredScope(of), engine: cluster.engine, nameOf: engineNames(model, world), seal },
    live: runningOf(cluster.spec.members, world),
  });
}

/** Of a release that an earlier version kept, which did not say by what its backups are encrypted. */
const declaredKey = async (cluster: string, stage: Stage): Promise<Address | undefined> =>
  resourcesOf(await stage.declare(), 'cluster').find(({ name }) => name === cluster)?.spec.backups?.key;

/** Each puts itself in the place of the present one, for all that is revealed from then on. */
function passphrasesOf(key: Address | undefined, model: SystemModel, vault: Vault): RestoreGround['passphrases'] {
  const name = key ? nameIn(key) : '';
  const uses = vault.generations(name).map(hash => async () => {
    vault.returnTo({ [name]: hash });
    await vault.open(model);
  });
  return uses.length > 0 ? uses : [async () => {}];
}

/** What runs is restored as it runs; where nothing was kept yet, as it is declared. */
const releasedOr = async (otherwise: typeof declared, stage: Stage): Promise<SystemModel> => {
  const { name, environment } = await stage.declare();
  return (await lastKept(stage.journal, name, environment))?.model ?? (await otherwise(stage));
};

/** What runs, from observation; also while what is promised could not be planned. */
export async function status(stage: Stage): Promise<Status> {
  const prepared = await prepare(await declared(stage), stage);
  return { prepared, ...(await inspect(prepared, stage)) };
}

const declared = async (stage: Stage): Promise<SystemModel> => withInputs(await stage.declare(), stage.sources);

/** The model, whose promises can all be kept, or were signed for by somebody who answers for it today. */
function promised(model: SystemModel, { clock }: Stage): SystemModel {
  const now = clock();
  const wrong = [...unsignedExcesses(model, now), ...lapsedRisks(model, now)];
  if (wrong.length > 0) throw new Problems(wrong);
  return model;
}

/** Makes the secrets that are to be generated; never anew for an environment that runs with others already. */
async function makeSecrets(model: SystemModel, stage: LeasedStage): Promise<void> {
  const { vault, record } = stage;
  await vault.open(model);
  vault.require(model);
  await refuseSecondGeneration(model, stage);
  const { name: system, environment } = model;
  const made = await vault.generate(model);
  const scope = { system, environment };
  await Promise.all(
    made.map(({ name, why }) =>
      record(
        why === undefined
          ? { kind: 'secret.generated', ...scope, payload: { name } }
          : { kind: 'secret.rotated', ...scope, payload: { name, why } },
      ),
    ),
  );
}
