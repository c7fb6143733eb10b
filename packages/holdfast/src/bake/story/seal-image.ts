import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '../../kit/clock.ts';
import { sha256 } from '../../kit/hash.ts';
import type { NewId } from '../../kit/id.ts';
import type { Known } from '../../model/resource.ts';
import type { ImageConfig } from '../../model/spec/recipe.ts';
import type { BakedImage } from '../../ports/baked-image.ts';
import type { Kitchen } from '../../ports/bakery.ts';
import type { ImageTree } from '../../ports/image-tree.ts';
import type { Irreproducible, RecipeBakery } from '../bakery.ts';
import { derivedChecks } from '../seal/examine/derived.ts';
import type { Examined } from '../seal/examine/examined.ts';
import { setIdFiles } from '../seal/examine/whole-image.ts';
import { dependenciesOf, madeOf } from '../seal/record/dependencies.ts';
import { type KeyPlace, sealingKey, trustedKeys } from '../seal/record/keys.ts';
import { provenanceOf } from '../seal/record/provenance.ts';
import { openSeal, type Seal, signSeal } from '../seal/record/seal.ts';
import { readSeal, sealFolder, writeSeal } from '../seal/record/seal-store.ts';
import { answered, occasionOf, saidBy } from '../seal/said.ts';
import { printSbom, sbomOf } from '../seal/sbom/sbom.ts';
import { settingsOf } from '../seal/settings.ts';
import { imageTree } from '../tree/image-tree.ts';
import type { BakeReport, SealOutcome } from './bake-image.ts';

export interface SealGround {
  /** Folder of the store. */
  readonly store: string;
  readonly bakery: RecipeBakery;
  readonly kitchen: (image: Known<'image'>) => Kitchen;
  readonly keys: KeyPlace;
  /** Looks at what only a container can tell. */
  readonly examine: (subject: Subject, signal: AbortSignal) => Promise<readonly Examined[]>;
  /** Whether each layer is made twice and compared. */
  readonly twice: boolean;
  /** Of Holdfast itself. */
  readonly version: string;
  readonly newId: NewId;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/** What is examined. */
export interface Subject {
  readonly image: BakedImage;
  readonly tree: ImageTree;
  readonly settings: ImageConfig;
  readonly inputs: string;
  readonly name: string;
  readonly checks: readonly Known<'check'>[];
}

type Baked = Omit<BakeReport, 'seal'>;

/** Looks at an image from all sides, and signs what was seen. One that was sealed for the same checks stays sealed. */
export const sealer =
  (ground: SealGround) =>
  async (baked: Baked): Promise<SealOutcome> => {
    const kept = await sealedBefore(baked, ground);
    if (kept) return { outcome: 'sealed before', seal: kept };
    const startedAt = ground.clock();
    const subject = await subjectOf(baked);
    const checks = [...(await derivedChecks(subject)), ...(await ground.examine(subject, ground.signal))];
    const failed = checks.filter(({ ok }) => !ok);
    const other = await irreproducible(baked, ground);
    if (failed.length > 0 || other.length > 0) return { outcome: 'refused', failed, other };
    return { outcome: 'sealed', seal: await sign(baked, subject, checks, startedAt, ground) };
  };

async function sealedBefore({ image, order }: Baked, { store, keys, twice }: SealGround): Promise<Seal | undefined> {
  const trusted = await trustedKeys(keys.folder);
  const said = saidBy(order.checks);
  const fits = (seal: Seal): boolean => seal.inputs === order.inputs && answered(seal.checks) === said;
  const seal = await readSeal(store, image.digest, trusted, fits).catch(() => undefined);
  // What was made only once, and is now to be made twice, is not done yet.
  const isDone = !twice || order.image.spec.source.from !== 'recipe' || seal?.reproducible !== undefined;
  return seal && fits(seal) && isDone ? seal : undefined;
}

async function subjectOf({ image, order }: Baked): Promise<Subject> {
  const tree = await imageTree(image.layers);
  const { inputs, checks } = order;
  return { image, tree, settings: settingsOf(image.config), inputs, name: order.image.name, checks };
}

async function irreproducible({ order }: Baked, ground: SealGround): Promise<readonly Irreproducible[]> {
  const { source } = order.image.spec;
  if (!ground.twice || source.from !== 'recipe') return [];
  return ground.bakery.reproduce(source, ground.kitchen(order.image), ground.signal);
}

async function sign(
  { order, image, contacted }: Baked,
  { tree }: Subject,
  checks: readonly Examined[],
  startedAt: number,
  ground: SealGround,
): Promise<Seal> {
  const { source } = order.image.spec;
  const locked = source.from === 'recipe' ? await ground.bakery.locked(source) : undefined;
  const epoch = Math.max(0, ...(locked?.steps ?? []).map(step => step.epoch));
  const { digest } = image;
  const { name } = order.image;
  const sbom = printSbom(await sbomOf({ name, digest, tree, epoch }));
  const lock = locked && (await lockDigest(ground.keys.folder));
  const statement = provenanceOf({
    name,
    digest,
    inputs: order.inputs,
    source,
    epoch,
    dependencies: locked ? dependenciesOf(madeOf(locked)) : [],
    ...(lock !== undefined && { lock }),
    sbom,
    checks,
    setIdFiles: setIdFiles(tree),
    contacted,
    ...(ground.twice && locked && { reproducible: true }),
    version: ground.version,
    invocation: ground.newId(),
    startedAt,
    finishedAt: ground.clock(),
  });
  const key = await sealingKey(ground.keys);
  const files = { seal: signSeal(statement, key), sbom };
  const occasion = occasionOf(order.inputs, answered(checks));
  const folder = sealFolder(ground.store, digest, key.publicKey, occasion);
  await writeSeal(folder, files);
  return openSeal(files, digest, [key.publicKey], folder);
}

const lockDigest = async (folder: string): Promise<string> => sha256(await readFile(join(folder, 'holdfast.lock')));
