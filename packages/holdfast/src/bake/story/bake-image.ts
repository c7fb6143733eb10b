import type { Recorder } from '../../journal/fact.ts';
import type { Clock } from '../../kit/clock.ts';
import { asProblem, type Problem } from '../../kit/problem.ts';
import type { Scope } from '../../model/identity.ts';
import { addressOf, type Known } from '../../model/resource.ts';
import type { BakedImage } from '../../ports/baked-image.ts';
import type { Irreproducible, RecipeBakery } from '../bakery.ts';
import type { Examined } from '../seal/examine/examined.ts';
import type { Seal } from '../seal/record/seal.ts';

/** An image that is to be baked, with what must be so of it. */
export interface Order {
  readonly image: Known<'image'>;
  /** SHA-256 over all that goes in, in hex. */
  readonly inputs: string;
  readonly checks: readonly Known<'check'>[];
}

/** What became of an order. */
export interface BakeReport {
  readonly order: Order;
  readonly image: BakedImage;
  /** Whether it was in the store already. */
  readonly kept: boolean;
  readonly contacted: readonly string[];
  readonly milliseconds: number;
  /** Absent where it was not to be sealed. */
  readonly seal?: SealOutcome;
}

/** An image that could not be baked. */
export interface FailedBake {
  readonly order: Order;
  readonly problem: Problem;
}

export type BakeResult = BakeReport | FailedBake;

export const isFailed = (result: BakeResult): result is FailedBake => 'problem' in result;

export type SealOutcome =
  | { readonly outcome: 'sealed' | 'sealed before'; readonly seal: Seal }
  | { readonly outcome: 'refused'; readonly failed: readonly Examined[]; readonly other: readonly Irreproducible[] };

export interface BakeGround {
  readonly scope: Scope;
  readonly bakery: RecipeBakery;
  /** Bakes by recipe; what no recipe makes is made on the engine as always, and taken into the store from there. */
  readonly make: (image: Known<'image'>) => Promise<BakedImage>;
  /** Examines and seals; absent where that is not asked for. */
  readonly seal?: (baked: Omit<BakeReport, 'seal'>) => Promise<SealOutcome>;
  readonly record: Recorder;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/** Bakes, examines and seals one image: what goes wrong is told of it, and stops no other. A wish to stop stops all. */
export async function bakeOne(order: Order, ground: BakeGround): Promise<BakeResult> {
  try {
    return await bakeImage(order, ground);
  } catch (error) {
    ground.signal.throwIfAborted();
    return { order, problem: asProblem(error) };
  }
}

/** Bakes an image, unless the store has it; then examines and seals it, unless that was done. */
async function bakeImage(order: Order, ground: BakeGround): Promise<BakeReport> {
  const since = ground.clock();
  const had = await ground.bakery.find(order.inputs);
  const image = had ?? (await ground.make(order.image));
  const contacted = await contactedFor(order, ground);
  const baked = { order, image, kept: had !== undefined, contacted, milliseconds: ground.clock() - since };
  if (!had) await recordBaked(baked, ground);
  const seal = await ground.seal?.(baked);
  if (seal) await recordSeal(baked, seal, ground);
  return { ...baked, milliseconds: ground.clock() - since, ...(seal && { seal }) };
}

async function contactedFor({ image }: Order, { bakery }: BakeGround): Promise<readonly string[]> {
  const { source } = image.spec;
  return source.from === 'recipe' ? bakery.contacted(source) : [];
}

type Baked = Omit<BakeReport, 'seal'>;

const named = ({ order, image }: Baked) => ({
  image: addressOf(order.image),
  inputs: order.inputs,
  digest: image.digest,
});

const recordBaked = (baked: Baked, { record, scope }: BakeGround): Promise<void> =>
  record({
    kind: 'image.baked',
    ...scope,
    payload: { ...named(baked), milliseconds: baked.milliseconds, contacted: baked.contacted },
  });

async function recordSeal(baked: Baked, sealed: SealOutcome, { record, scope, clock }: BakeGround): Promise<void> {
  if (sealed.outcome === 'sealed before') return;
  if (sealed.outcome === 'refused') {
    const failed = [
      ...sealed.failed.map(({ sentence, found }) => (found === undefined ? sentence : `${sentence}: ${found}`)),
      ...sealed.other.map(
        ({ step, paths }) => `${step} came out otherwise the second time: ${paths.slice(0, 5).join(', ')}`,
      ),
    ];
    return record({ kind: 'image.refused', ...scope, payload: { ...named(baked), failed } });
  }
  const { record: digest, checks, reproducible } = sealed.seal;
  await record({
    kind: 'image.sealed',
    ...scope,
    payload: {
      ...named(baked),
      record: digest,
      checks: checks.length,
      ...(reproducible !== undefined && { reproducible }),
      milliseconds: clock() - sealedSince(sealed.seal),
    },
  });
}

const sealedSince = ({ statement }: Seal): number => Date.parse(statement.predicate.runDetails.metadata.startedOn);
