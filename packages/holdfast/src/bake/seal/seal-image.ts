import { type Clock, systemClock } from '../../kit/clock.ts';
import { randomId } from '../../kit/id.ts';
import type { CheckSpec } from '../../model/spec/check-spec.ts';
import type { ImageConfig } from '../../model/spec/recipe.ts';
import type { ImageTree } from '../../ports/image-tree.ts';
import { setIdFiles } from './examine/derived.ts';
import { examine } from './examine/examine.ts';
import type { Examined } from './examine/examined.ts';
import type { SigningKey } from './record/dsse.ts';
import { type Provenance, provenanceOf } from './record/provenance.ts';
import { openSeal, type Seal, signSeal } from './record/seal.ts';
import { sealFolder, writeSeal } from './record/seal-store.ts';
import { printSbom, sbomOf } from './sbom/sbom.ts';
import type { OpenTrials } from './trial/trial.ts';

/** What is known of an image before it is examined. */
export type Told = Omit<Provenance, 'sbom' | 'checks' | 'setIdFiles' | 'invocation' | 'finishedAt'>;

export interface Sealing {
  readonly told: Told;
  readonly tree: ImageTree;
  readonly settings: ImageConfig;
  /** What was said of the image, by the name of the check. */
  readonly checks: Readonly<Record<string, CheckSpec>>;
  readonly open: OpenTrials;
  readonly key: SigningKey;
  /** The folder of the store. */
  readonly store: string;
  readonly clock?: Clock;
}

/** How an examination ended. */
export type Sealed =
  | { readonly is: 'sealed'; readonly seal: Seal; readonly results: readonly Examined[] }
  | { readonly is: 'refused'; readonly results: readonly Examined[] };

/** Examines an image, and seals it when all that must be so is so: writes the signed record into the store. */
export async function sealImage(sealing: Sealing, signal: AbortSignal): Promise<Sealed> {
  const { told, tree, key, store, clock = systemClock } = sealing;
  const results = await examine(sealing, sealing.open, signal);
  if (results.some(({ ok }) => !ok)) return { is: 'refused', results };
  const { name, digest, epoch } = told;
  const sbom = printSbom(await sbomOf({ name, digest, tree, epoch }));
  const besides = { sbom, checks: results, setIdFiles: setIdFiles(tree), invocation: randomId(), finishedAt: clock() };
  const files = { seal: signSeal(provenanceOf({ ...told, ...besides }), key), sbom };
  await writeSeal(store, digest, files);
  const seal = openSeal(files, digest, [key.publicKey], sealFolder(store, digest));
  return { is: 'sealed', seal, results };
}
