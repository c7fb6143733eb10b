import { parsePercentage } from '../../kit/percentage.ts';
import { exitCode, Problem } from '../../kit/problem.ts';
import { type Address, kindOf, nameIn } from '../../model/address.ts';
import { isSigned } from '../../model/promise/risk.ts';
import { addressOf, type Known } from '../../model/resource.ts';
import { measuredAt, restsOnIn } from '../../model/rests-on.ts';
import type { PromiseSpec } from '../../model/spec/promise-spec.ts';
import { resourcesOf, type SystemModel } from '../../model/system-model.ts';
import { type Bound, boundOf } from './bound.ts';
import { graphOf } from './graph-of.ts';
import { aboveBound } from './objective.ts';
import type { PromiseTarget } from './promise-target.ts';

/** A promise, and what it may be at best. */
export interface PromiseBound {
  readonly promise: Known<'promise'>;
  readonly bound: Bound;
}

/** The bound of each promise that is measured or given something; without a figure at all there is nothing to say. */
export function promiseBounds(model: SystemModel): readonly PromiseBound[] {
  const targets = targetsIn(model);
  return resourcesOf(model, 'promise').map(promise => ({ promise, bound: boundOfPromise(promise, model, targets) }));
}

/** Throws a Problem where it can't be computed. */
export function boundOfPromise(promise: Known<'promise'>, model: SystemModel, targets = targetsIn(model)): Bound {
  const target = targets.get(addressOf(promise)) as PromiseTarget;
  return boundOf(graphOf(model, target, { promises: targets }));
}

const targetsIn = (model: SystemModel): ReadonlyMap<Address, PromiseTarget> =>
  new Map(resourcesOf(model, 'promise').map(promise => [addressOf(promise), targetOf(promise, model)]));

const targetOf = ({ spec }: Known<'promise'>, model: SystemModel): PromiseTarget => ({
  ...(spec.objective && { objective: parsePercentage(spec.objective.target) }),
  measured: passedBy(spec, model),
  given: spec.given,
  survives: spec.survives.flatMap(fault => (fault.type === 'outage' ? [fault.of] : [])),
  by: spec.by,
});

/** What a request passes: of a URL of an edge, the one route that it takes. A check asks its target alone. */
function passedBy(spec: PromiseSpec, model: SystemModel): readonly Address[] {
  const { measured } = spec;
  if (!measured) return [];
  if (measured.type === 'http') return [...restsOnIn(model.resources)(measuredAt(spec))].filter(isService);
  const check = resourcesOf(model, 'check').find(one => addressOf(one) === measured.check);
  return check ? [check.spec.target].filter(isService) : [];
}

const isService = (address: Address): boolean => kindOf(address) === 'service';

/**
 * Promises above their bound that nobody signed for, as Problems. `now`: milliseconds since 1970. Throws a Problem where a
 * bound can't be computed.
 */
export const unsignedExcesses = (model: SystemModel, now: number): readonly Problem[] =>
  promiseBounds(model).flatMap(({ promise, bound }) => {
    const { objective, risk, sentence } = promise.spec;
    if (!objective || (risk && isSigned(risk, now))) return [];
    const wrong = aboveBound(sentence, parsePercentage(objective.target), bound);
    if (!wrong) return [];
    const { at } = promise;
    const signed = `or let ${nameIn(promise.spec.by)} sign the risk: acceptedBy, because, until`;
    const fix = [wrong.fix, signed].filter(Boolean).join('; ');
    return [new Problem({ ...wrong, ...(at && { where: at }), fix, exit: exitCode.wrongUse })];
  });
