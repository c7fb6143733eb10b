import { FileHashes } from '../../bake/file-hashes.ts';
import type { LockMode } from '../../bake/lock/lock-book.ts';
import { trustedKeys } from '../../bake/seal/record/keys.ts';
import { readSeal } from '../../bake/seal/record/seal-store.ts';
import { saidBy } from '../../bake/seal/said.ts';
import { refuseUnsealed } from '../../bake/seal/unsealed.ts';
import { projectSources } from '../../bake/sources.ts';
import { discreetInstances, discreetProber } from '../../engine/apply/discreet.ts';
import { Vault } from '../../engine/release/vault.ts';
import type { Stage } from '../../flow.ts';
import type { Journal } from '../../journal/journal.ts';
import { type Clock, systemClock } from '../../kit/clock.ts';
import { randomId } from '../../kit/id.ts';
import { sameJson } from '../../kit/json.ts';
import { Problem } from '../../kit/problem.ts';
import type { Environment } from '../../model/environment/environment.ts';
import { addressOf, isKnown } from '../../model/resource.ts';
import { resourcesOf, type SystemModel } from '../../model/system-model.ts';
import type { Bakery } from '../../ports/bakery.ts';
import type { Sources } from '../../ports/sources.ts';
import { caddyRouter } from '../../providers/caddy/router.ts';
import type { Tell } from '../live/reporter.ts';
import { toFactEvent } from '../output/to-event.ts';
import { secretsOf } from '../secrets/sealed.ts';
import { type Baking, openBaking } from './baking.ts';
import { enginesOf } from './engines.ts';
import { journalUrl } from './journal-facts.ts';
import { factsOf, type Grounded } from './place.ts';
import type { Stopping } from './stopping.ts';

export interface StageParts {
  readonly grounded: Grounded;
  readonly journal: Journal;
  readonly stopping: Pick<Stopping, 'signal' | 'abandon'>;
  readonly tell: Tell;
  readonly clock?: Clock;
  /** Whether the lease is ours. Who only looks has none. */
  readonly fence?: Stage['fence'];
  readonly confirm?: Stage['confirm'];
  readonly lockMode?: LockMode;
}

/** A stage, with what only some verbs ask for. */
export interface WorkingStage extends Stage {
  /** The folder of `system.ts`. */
  readonly root: string;
  readonly baking: Baking;
  readonly hosts: Grounded['hosts'];
  /** Where the environment has its engines, by name. */
  readonly engines: Environment['engines'];
}

/** What a verb of the flow stands on, made of the real things. */
export async function stageOf(parts: StageParts): Promise<WorkingStage> {
  const { grounded, journal, stopping, tell, clock = systemClock } = parts;
  const { project, model, environment, config, hosts, state } = grounded;
  const record: Stage['record'] = async fact => {
    await journal.append([fact]);
    tell(toFactEvent(fact));
  };
  const secrets = secretsOf(grounded, { system: model.name, record, clock });
  const vault = new Vault(secrets, clock, await journalUrl(grounded));
  const hashes = new FileHashes(state.hashes);
  const baking = openBaking({
    root: project.root,
    journal: state.journal.shown,
    hashes,
    signal: stopping.signal,
    ...(parts.lockMode && { mode: parts.lockMode }),
  });
  const files = projectSources(project.root, hashes, baking.inputs);
  const sources = environment.sealed ? withoutBuilding(files, environment.name) : files;
  const engines = await enginesOf({
    hosts,
    scope: { system: model.name, environment: environment.name },
    sources,
    bakery: recordedBy(baking, parts),
    reveal: vault.reveal,
    environment,
    config,
    fence: parts.fence,
    onOutput: ({ address }, line, isLayer) => tell({ event: 'output', address, line, ...(isLayer && { layer: true }) }),
  });
  return {
    ...engines,
    instances: discreetInstances(engines.instances, vault.scrub),
    prober: discreetProber(engines.prober, vault.scrub),
    ...stopping,
    declare: async () => model,
    facts: factsOf(grounded),
    sources,
    keepLock: baking.keepLock,
    admit: async admitted => {
      if (environment.sealed) await refuseUnsealedImages(admitted, project.root, baking);
    },
    root: project.root,
    baking,
    hosts,
    engines: environment.engines,
    journal,
    vault,
    clock,
    newId: randomId,
    router: caddyRouter(engines.instances),
    confirm: parts.confirm ?? (async () => {}),
    fence: parts.fence ?? (async () => false),
    record,
    onAnswer: ({ id }, { ok, answer, milliseconds }) => tell({ event: 'answer', step: id, ok, answer, milliseconds }),
    onGoingBack: ({ number }, { failures, interrupted }) =>
      tell({
        event: 'going-back',
        to: number,
        why: failures[0]?.problem.message ?? (interrupted ? 'stopped' : 'not finished'),
      }),
  };
}

/** Where only sealed images are taken, none is built: what was sealed is in the store. */
const withoutBuilding = ({ fingerprint }: Sources, environment: string): Sources => ({
  fingerprint,
  open: async () => {
    throw new Problem({
      what: `environment "${environment}" takes sealed images alone, and one of them is no longer in the store`,
      why: 'an image that is built once more is another one',
      fix: 'run `holdfast bake`, which makes and seals it again',
    });
  },
});

async function refuseUnsealedImages(model: SystemModel, root: string, { store, find }: Baking): Promise<void> {
  const keys = await trustedKeys(root);
  const checks = resourcesOf(model, 'check');
  const candidates = resourcesOf(model, 'image').map(async image => {
    const { name, at, spec } = image;
    const { inputs = '' } = spec;
    const said = saidBy(checks.filter(check => check.spec.target === addressOf(image)));
    const digest = (await find(inputs))?.digest;
    return { name, inputs, said, ...(at !== undefined && { at }), ...(digest && { digest }) };
  });
  await refuseUnsealed(
    await Promise.all(candidates),
    (digest, fits) => readSeal(store.folder, digest, keys, fits),
    model.environment,
  );
}

/** What an `up` bakes is a fact as well. */
const recordedBy = (baking: Baking, { grounded: { model, environment }, journal, tell }: StageParts): Bakery => ({
  find: baking.find,
  async bake(recipe, inputs, kitchen, signal) {
    const kept = await baking.find(inputs);
    if (kept) return kept;
    const since = performance.now();
    const { digest, ...image } = await baking.bake(recipe, inputs, kitchen, signal);
    const contacted = await baking.contacted(recipe);
    const of = model.resources.find(one => isKnown('image')(one) && sameJson(one.spec.source, recipe));
    const fact = {
      kind: 'image.baked',
      system: model.name,
      environment: environment.name,
      payload: {
        image: of ? addressOf(of) : 'image/unknown',
        inputs,
        digest,
        milliseconds: Math.round(performance.now() - since),
        contacted,
      },
    } as const;
    await journal.append([fact]);
    tell(toFactEvent(fact));
    return { digest, ...image };
  },
});
