import { asProblem, Problem, Problems } from '../../kit/problem.ts';
import type { Digest } from '../../ports/baked-image.ts';
import type { Seal } from './record/seal.ts';
import { answered } from './said.ts';

/** An image that an environment is to take. */
export interface Candidate {
  readonly name: string;
  /** `file:line:column` of its declaration. */
  readonly at?: string;
  /** SHA-256 over all that goes in, in hex. */
  readonly inputs: string;
  /** What the checks say that are declared of it now: see `saidBy`. */
  readonly said: string;
  /** What was baked of these inputs; absent where nothing was. */
  readonly digest?: Digest;
}

/** Reads and verifies the seal of an image; undefined where there is none. */
export type ReadSeal = (digest: Digest, fits: (seal: Seal) => boolean) => Promise<Seal | undefined>;

/** For an environment that takes sealed images alone: throws Problems that name each image without a valid seal. */
export async function refuseUnsealed(
  candidates: readonly Candidate[],
  read: ReadSeal,
  environment: string,
): Promise<void> {
  const found = await Promise.all(candidates.map(one => whatIsWrong(one, read, environment)));
  const problems = found.filter(problem => problem !== undefined);
  if (problems.length > 0) throw new Problems(problems);
}

async function whatIsWrong(one: Candidate, read: ReadSeal, environment: string): Promise<Problem | undefined> {
  if (!one.digest) return unsealed(one, environment, 'nothing was baked of it as it is declared now');
  try {
    const fits = ({ inputs, checks }: Seal) => inputs === one.inputs && answered(checks) === one.said;
    const seal = await read(one.digest, fits);
    if (!seal) return unsealed(one, environment, 'it did not go through its checks, or did not pass them');
    if (seal.inputs !== one.inputs) return unsealed(one, environment, 'its seal is of other inputs');
    if (!fits(seal))
      return unsealed(one, environment, 'its seal answers other checks than those that are declared now');
    return undefined;
  } catch (error) {
    const { parts } = asProblem(error);
    return new Problem({ ...parts, what: `image "${one.name}": ${parts.what}` });
  }
}

const unsealed = ({ name, at }: Candidate, environment: string, why: string): Problem =>
  new Problem({
    what: `image "${name}" is not sealed, and environment "${environment}" takes sealed images alone`,
    ...(at && { where: at }),
    why,
    fix: 'run `holdfast bake`: it bakes the image, runs its checks in a fresh container, and seals what passes',
  });
