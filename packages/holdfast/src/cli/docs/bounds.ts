import type { Bound, CeilingBound } from '../../insight/bounds/bound.ts';
import { excessOf } from '../../insight/bounds/objective.ts';
import { boundOfPromise } from '../../insight/bounds/of-promise.ts';
import { difference, parsePercentage, roundedDown, type Share, spellPercentage } from '../../kit/percentage.ts';
import { Problem } from '../../kit/problem.ts';
import type { Address } from '../../model/address.ts';
import { addressOf, type Known } from '../../model/resource.ts';
import { resourcesOf, type SystemModel } from '../../model/system-model.ts';
import type { Reckoned, ToldBound } from '../../verify/docs/knowledge.ts';

/** The bound of each promise, as pages tell it. One that can't be computed is told with the reason. */
export const toldBounds = (model: SystemModel): ReadonlyMap<Address, ToldBound> =>
  new Map(resourcesOf(model, 'promise').map(promise => [addressOf(promise), toldBound(promise, model)]));

function toldBound(promise: Known<'promise'>, model: SystemModel): ToldBound {
  const { objective } = promise.spec;
  try {
    return told(boundOfPromise(promise, model), objective && parsePercentage(objective.target));
  } catch (error) {
    if (error instanceof Problem) return { refused: error.message };
    throw error;
  }
}

function told(bound: Bound, objective: Share | undefined): Reckoned {
  const digits = Math.max((objective?.places ?? 0) - 2, 4);
  const spell = (share: Share): string => spellPercentage(share, digits);
  return {
    atMost: spell(bound.availability),
    independent: spell(bound.independent),
    commonCauses: bound.commonCauses.map(({ id, beta }) => ({ of: id as Address, beta: spellPercentage(beta) })),
    ...(bound.ceiling && { ceiling: toldCeiling(bound.ceiling, spell) }),
    caps: bound.singlePoints.flatMap(({ id, availability }) =>
      availability ? [{ of: id as Address, there: spellPercentage(availability) }] : [],
    ),
    assumed: bound.assumed as readonly Address[],
    lifts: bound.lifts.map(({ id, perfect, doubled }) => ({
      of: id as Address,
      perfect: spell(perfect),
      ...(doubled && { doubled: spell(doubled) }),
    })),
    ...(objective && excessOf(objective, bound) && { excess: excess(objective, bound, digits) }),
  };
}

const toldCeiling = ({ ids, objective, lifted }: CeilingBound, spell: (share: Share) => string) => ({
  of: ids as readonly Address[],
  objective: spellPercentage(objective),
  lifted: spell(lifted),
});

const excess = (objective: Share, { availability }: Bound, digits: number): string =>
  spellPercentage(difference(objective, roundedDown(availability, digits + 2))).slice(0, -1);
