import { FileHashes } from '../../bake/file-hashes.ts';
import { withInputs } from '../../bake/inputs.ts';
import { trustedKeys } from '../../bake/seal/record/keys.ts';
import type { Seal } from '../../bake/seal/record/seal.ts';
import { readSeal } from '../../bake/seal/record/seal-store.ts';
import { projectSources } from '../../bake/sources.ts';
import { type StoredImage, storedImages } from '../../bake/store/inventory.ts';
import { declareSystem } from '../../declare/declare-system.ts';
import type { Journal } from '../../journal/journal.ts';
import { recentKept } from '../../journal/view.ts';
import { asProblem, type Problem } from '../../kit/problem.ts';
import { targetOf } from '../../model/environment/environment.ts';
import type { RecipeSpec } from '../../model/spec/recipe.ts';
import { resourcesOf, type SystemModel } from '../../model/system-model.ts';
import type { Digest } from '../../ports/baked-image.ts';
import type { Sources } from '../../ports/sources.ts';
import { type Call, whereOf } from '../call.ts';
import { openBaking } from '../ground/baking.ts';
import { findPlace, openJournal, type Place } from '../ground/place.ts';
import { untilStopped } from '../ground/stopping.ts';
import { type ImageFact, imageFacts } from './image-facts.ts';

/** The images that a project knows: those that it declares, that its journal tells of, and that its store has. */
export interface Collection {
  readonly place: Place;
  /** With the inputs of each image; empty ones where they are not known. */
  readonly model: SystemModel;
  readonly journal: Journal;
  /** The store's folder. */
  readonly store: string;
  readonly declared: readonly ImageName[];
  readonly stored: readonly StoredImage[];
  /** Newest first. */
  readonly facts: readonly ImageFact[];
  /** Releases that were kept, newest first. */
  readonly releases: readonly ReleaseImages[];
  readonly sealOf: (digest: Digest) => Promise<SealState>;
  /** Hosts that were contacted when the layers of a recipe that the store has were made. */
  readonly contacted: (recipe: RecipeSpec) => Promise<readonly string[]>;
  /** Why inputs of declared images are not known. */
  readonly doubts: readonly Problem[];
}

export interface ImageName {
  readonly name: string;
  /** SHA-256 over all that goes in, in hex. */
  readonly inputs: string;
}

export interface ReleaseImages {
  /** From 1. */
  readonly number: number;
  readonly images: readonly ImageName[];
}

export type SealState =
  | { readonly is: 'sealed'; readonly seal: Seal }
  | { readonly is: 'invalid'; readonly problem: Problem }
  | { readonly is: 'none' };

/** How many releases back an environment may go: what they run on is kept. */
export const rememberedReleases = 10;

/** Opens what a verb looks at that is about images. It asks for no engine and for no network. */
export const amongImages = (call: Call, look: (images: Collection) => Promise<number>): Promise<number> =>
  untilStopped(opened(call, look), call.stopping.signal);

async function opened(call: Call, look: (images: Collection) => Promise<number>): Promise<number> {
  const place = await findPlace(whereOf(call));
  await using journal = await openJournal(place);
  return await look(await collection(place, journal, call.stopping.signal));
}

async function collection(place: Place, journal: Journal, signal: AbortSignal): Promise<Collection> {
  const { project, state } = place;
  const hashes = new FileHashes(state.hashes);
  // What the lock does not hold is not looked for: these verbs only look.
  const baking = openBaking({ root: project.root, journal: state.journal.shown, hashes, mode: 'frozen', signal });
  const doubts: Problem[] = [];
  const sources = doubting(projectSources(project.root, hashes, baking.inputs), doubts);
  const model = await withInputs(await declaredAt(place, signal), sources);
  const keys = await trustedKeys(project.root);
  const store = baking.store.folder;
  return {
    place,
    model,
    journal,
    store,
    declared: imagesIn(model),
    ...(await known(model, journal, store)),
    contacted: recipe => baking.contacted(recipe).catch(() => []),
    sealOf: digest => sealState(() => readSeal(store, digest, keys)),
    doubts: [...new Map(doubts.map(problem => [problem.message, problem])).values()],
  };
}

const declaredAt = ({ project, config, environment }: Place, signal: AbortSignal): Promise<SystemModel> =>
  declareSystem({ file: project.file, environment: targetOf(environment, config.environments), signal });

async function known(model: SystemModel, journal: Journal, store: string) {
  const { name: system, environment } = model;
  const [stored, facts, kept] = await Promise.all([
    storedImages(store),
    imageFacts(journal, { system, environment }),
    recentKept(journal, system, environment, rememberedReleases),
  ]);
  return { stored, facts, releases: kept.map(({ number, model: had }) => ({ number, images: imagesIn(had) })) };
}

export const imagesIn = (model: SystemModel): readonly ImageName[] =>
  resourcesOf(model, 'image').map(({ name, spec: { inputs = '' } }) => ({ name, inputs }));

/** An image whose sources are not all there hides no other: its inputs are told as not known. */
const doubting = (sources: Sources, doubts: Problem[]): Sources => ({
  ...sources,
  fingerprint: source =>
    sources.fingerprint(source).catch(error => {
      doubts.push(asProblem(error));
      return unknownInputs;
    }),
});

/** As long as real ones, since references are made of them; no digest is all zeros. */
export const unknownInputs = '0'.repeat(64);

async function sealState(read: () => Promise<Seal | undefined>): Promise<SealState> {
  try {
    const seal = await read();
    return seal ? { is: 'sealed', seal } : { is: 'none' };
  } catch (error) {
    return { is: 'invalid', problem: asProblem(error) };
  }
}
