import type { EnvironmentFacts } from '../../engine/desire/environment-facts.ts';
import { lookUp } from '../../engine/desire/look-up.ts';
import { exitCode, Problem } from '../../kit/problem.ts';
import { type Address, kindOf, nameIn } from '../../model/address.ts';
import { resourcesOf, type SystemModel } from '../../model/system-model.ts';
import { isRef, isText, type RefValue, type Value } from '../../model/value.ts';
import type { Reveal } from '../../ports/secrets.ts';
import { type Named, serviceOf } from '../ground/instances.ts';

/** What is known while checks are done. */
export interface RevealGround {
  readonly model: SystemModel;
  readonly facts: EnvironmentFacts;
  readonly running: readonly Named[];
  readonly secret: Reveal;
}

/** What a declared value is now: of what runs where it is a reference, and of the vault where it is a secret. */
export function revealIn({ model, facts, running, secret }: RevealGround): (value: Value) => string {
  const portOf = (service: Address): number | undefined =>
    running.find(({ name }) => serviceOf(name) === nameIn(service))?.seen.state.hostPorts[0];
  const subnetOf = (network: Address): string | undefined =>
    resourcesOf(model, 'network').find(({ name }) => name === nameIn(network))?.spec.subnet;
  const look = (ref: RefValue): string => {
    const found = lookUp(ref, { resources: model.resources, facts, portOf, subnetOf });
    if (found === undefined) throw notUp(ref);
    return found;
  };
  const reveal = (value: Value): string => {
    if (isRef(value)) return look(value);
    return isText(value) ? value.$text.map(reveal).join('') : secret(value);
  };
  return reveal;
}

const notUp = ({ $ref: { of, what } }: RefValue): Problem =>
  new Problem({
    what: `${of} has no ${what} now`,
    ...(kindOf(of) === 'network'
      ? { why: 'its subnet is the pool’s to give', fix: 'declare a `subnet` for it' }
      : { why: 'no instance of it runs that holds a port of its host', fix: 'holdfast up' }),
    exit: exitCode.unreachable,
  });
