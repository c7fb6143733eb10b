import { type BakeReport, type BakeResult, isFailed } from '../../bake/story/bake-image.ts';
import { asProblem, type Problem } from '../../kit/problem.ts';
import type { DockerHost } from '../../providers/docker/index.ts';
import { type Destination, outletOf } from './outlets.ts';

/** What became of bringing an image out. */
export interface BroughtOut {
  readonly image: string;
  /** What names it there. */
  readonly as?: string;
  readonly problem?: Problem;
}

/** Brings each image that was baked, and not refused, to each destination. One that fails stops no other. */
export async function bringOut(
  results: readonly BakeResult[],
  to: readonly Destination[],
  hosts: readonly DockerHost[],
  signal: AbortSignal,
): Promise<readonly BroughtOut[]> {
  const good = results.filter(isGood);
  const brought: BroughtOut[] = [];
  for (const destination of to) {
    const outletFor = outletOf(destination, hosts);
    for (const { order, image } of good) {
      signal.throwIfAborted();
      const { name } = order.image;
      try {
        const { outlet, tag } = await outletFor(name);
        brought.push({ image: name, as: await outlet.put(image, tag(image.digest), signal) });
      } catch (error) {
        signal.throwIfAborted();
        brought.push({ image: name, problem: asProblem(error) });
      }
    }
  }
  return brought;
}

const isGood = (result: BakeResult): result is BakeReport => !isFailed(result) && result.seal?.outcome !== 'refused';
