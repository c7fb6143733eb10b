import { type Bound, boundOf } from '../../insight/bounds/bound.ts';
import { graphOf } from '../../insight/bounds/graph-of.ts';
import { excessOf } from '../../insight/bounds/objective.ts';
import type { PromiseTarget } from '../../insight/bounds/promise-target.ts';
import { difference, parsePercentage, roundedDown, type Share, spellPercentage } from '../../kit/percentage.ts';
import { Problem } from '../../kit/problem.ts';
import type { Address } from '../../model/address.ts';
import { needsOf } from '../../model/ref.ts';
import { addressOf, type Known } from '../../model/resource.ts';
import type { PromiseSpec } from '../../model/spec/promise-spec.ts';
import { resourcesOf, type SystemModel } from '../../model/system-model.ts';
import type { ToldBound } from '../../verify/docs/knowledge.ts';

const beta = '10%';

/** The bound of each promise, as pages tell it. */
export function toldBounds(model: SystemModel): ReadonlyMap<Address, ToldBound> {
  const promises = new Map(resourcesOf(model, 'promise').map(one => [addressOf(one), targetOf(one.spec, model)]));
  return new Map(
    resourcesOf(model, 'promise').map(promise => [addressOf(promise), toldBound(promise, model, promises)]),
  );
}

/** What is measured is where the question is asked; where none is, what the checks look at. */
function targetOf({ measured, checks, given, survives, by }: PromiseSpec, model: SystemModel): PromiseTarget {
  const asked = measured?.type === 'http' ? needsOf(measured.url) : [];
  const looked = [...checks, ...(measured?.type === 'check' ? [measured.check] : [])].flatMap(check =>
    lookedAt(check, model),
  );
  return {
    measured: asked.length > 0 ? asked : [...new Set(looked)],
    given,
    survives: survives.filter(({ type }) => type === 'outage').map(({ of }) => of),
    by,
  };
}

/** Of a check of a host or from outside, and of an image alone, nothing runs that a bound could count. */
const lookedAt = (check: Address, model: SystemModel): readonly Address[] =>
  resourcesOf(model, 'check')
    .filter(one => addressOf(one) === check && one.spec.target.startsWith('service/'))
    .map(({ spec }) => spec.target);

function toldBound(
  promise: Known<'promise'>,
  model: SystemModel,
  promises: ReadonlyMap<Address, PromiseTarget>,
): ToldBound {
  try {
    const graph = graphOf(model, promises.get(addressOf(promise)) as PromiseTarget, {
      promises,
      beta: parsePercentage(beta),
    });
    return told(boundOf(graph), promise.spec.objective && parsePercentage(promise.spec.objective.target));
  } catch (error) {
    if (error instanceof Problem) return { refused: error.message };
    throw error;
  }
}

function told(bound: Bound, objective: Share | undefined): ToldBound {
  const digits = Math.max((objective?.places ?? 0) - 2, 4);
  const spell = (share: Share): string => spellPercentage(share, digits);
  return {
    atMost: spell(bound.availability),
    independent: spell(bound.independent),
    beta,
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

const excess = (objective: Share, { availability }: Bound, digits: number): string =>
  spellPercentage(difference(objective, roundedDown(availability, digits + 2))).slice(0, -1);
