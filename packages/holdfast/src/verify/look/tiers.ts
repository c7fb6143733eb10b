import { Problem } from '../../kit/problem.ts';
import type { SubjectSpec } from '../../model/spec/subject-spec.ts';
import type { Asked, Looker, Sight, Sights } from '../../ports/looking/looker.ts';

/**
 * Looks at each subject in the cheapest way that can tell of it: the ways are tried in their order, and at the next comes
 * only what could not be seen before. What is seen in different ways is looked at together.
 */
export async function lookInOrder<T>(
  target: T,
  asked: readonly Asked[],
  lookers: readonly Looker<T>[],
  signal: AbortSignal,
  before: Sights = new Map(),
): Promise<Sights> {
  const byLooker = Map.groupBy(asked, ({ of }) => lookers.findIndex(looker => looker.sees(of)));
  const all = await Promise.all(
    [...byLooker].map(async ([index, some]): Promise<Sights> => {
      const looker = lookers[index];
      if (!looker) return new Map(some.map(({ of }) => [of, before.get(of) ?? noWay]));
      const sights = await lookWith(looker, target, some, signal);
      const hidden = some.filter(({ of }) => 'elsewhere' in (sights.get(of) ?? noWay));
      if (hidden.length === 0) return sights;
      return merged(sights, await lookInOrder(target, hidden, lookers.slice(index + 1), signal, sights));
    }),
  );
  return merged(...all);
}

const noWay: Sight = { elsewhere: 'there is no way to look at it here' };

const merged = (...all: readonly Sights[]): Sights => new Map(all.flatMap(sights => [...sights]));

/** A way that fails as a whole, as where the engine is gone, is no reason for another one not to be tried. */
async function lookWith<T>(
  looker: Looker<T>,
  target: T,
  asked: readonly Asked[],
  signal: AbortSignal,
): Promise<ReadonlyMap<SubjectSpec, Sight>> {
  try {
    return await looker.look(target, asked, signal);
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof Problem)) throw error;
    const { message, parts } = error;
    const elsewhere = parts.why ? `${message}: ${parts.why}` : message;
    return new Map(asked.map(({ of }) => [of, { elsewhere }]));
  }
}
