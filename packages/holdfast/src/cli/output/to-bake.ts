import type { LockChange } from '../../bake/lock/changes.ts';
import { type BakeReport, type BakeResult, isFailed, type SealOutcome } from '../../bake/story/bake-image.ts';
import type { BroughtOut } from '../images/bring-out.ts';
import type { BakedOutput, BakeOutput } from './bake.ts';

export const toBakeOutput = (
  results: readonly BakeResult[],
  lock: readonly LockChange[],
  brought: readonly BroughtOut[] = [],
): BakeOutput => ({
  well:
    results.every(result => !isFailed(result) && result.seal?.outcome !== 'refused') &&
    brought.every(({ problem }) => !problem),
  images: results.flatMap(result => (isFailed(result) ? [] : imageOutput(result))),
  failed: results.filter(isFailed).map(({ order, problem }) => ({ name: order.image.name, problem: problem.toJSON() })),
  brought: brought.map(({ image, as, problem }) => ({
    image,
    ...(as !== undefined && { as }),
    ...(problem && { problem: problem.toJSON() }),
  })),
  lock,
});

const imageOutput = ({ order, image, kept, milliseconds, contacted, seal }: BakeReport): BakedOutput => ({
  name: order.image.name,
  inputs: order.inputs,
  digest: image.digest,
  size: image.layers.reduce((sum, { size }) => sum + size, 0),
  layers: image.layers.length,
  kept,
  milliseconds,
  contacted,
  ...(seal && sealOutput(seal)),
});

function sealOutput(seal: SealOutcome): Pick<BakedOutput, 'seal' | 'checks' | 'reproducible' | 'failed'> {
  if (seal.outcome === 'refused') return { seal: 'refused', failed: reasonsOf(seal) };
  const { checks, reproducible } = seal.seal;
  return { seal: seal.outcome, checks: checks.length, ...(reproducible !== undefined && { reproducible }) };
}

const reasonsOf = ({ failed, other }: Extract<SealOutcome, { outcome: 'refused' }>): readonly string[] => [
  ...failed.map(({ sentence, expected, found }) =>
    [sentence, expected && `expected ${expected}`, found && `found ${found}`].filter(Boolean).join('; '),
  ),
  ...other.map(({ step, paths }) => `${step} came out otherwise the second time: ${somePaths(paths)}`),
];

const somePaths = (paths: readonly string[]): string =>
  paths.length <= 10 ? paths.join(', ') : `${paths.slice(0, 10).join(', ')} and ${paths.length - 10} more`;
