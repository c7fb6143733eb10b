import { exitCode, Problem } from '../../kit/problem.ts';
import type { Address } from '../../model/address.ts';
import { kindOf, nameIn } from '../../model/address.ts';
import { imageReference } from '../../model/image-reference.ts';
import { addressOf } from '../../model/resource.ts';
import { resourcesOf, type SystemModel } from '../../model/system-model.ts';
import type { Seen } from '../../ports/provider.ts';
import { isRunningInstance, type World } from './world.ts';

/** What declared things are called on their engine: of an image, its reference. Throws a Problem for what is not there. */
export function engineNames(model: SystemModel, { seen, names }: World): (of: Address) => string {
  const scope = { system: model.name, environment: model.environment };
  const there = new Map(seen.map(one => [names.of(one), one.name]));
  const images = new Map(resourcesOf(model, 'image').map(image => [addressOf(image), image]));
  return of => {
    const image = images.get(of);
    return (image ? imageReference(scope, image) : there.get(of)) ?? notThere(of, model.environment);
  };
}

function notThere(of: Address, environment: string): never {
  throw new Problem({
    what: `${kindOf(of)} "${nameIn(of)}" is not on the engine`,
    why: `environment "${environment}" is not up, or not as it was`,
    fix: 'bring it up with `holdfast up`',
    exit: exitCode.unreachable,
  });
}

/** The instances of services that run. */
export const runningOf = (services: readonly Address[], { seen, names }: World): readonly Seen[] =>
  seen.filter(isRunningInstance).filter(one => services.some(service => names.isOf(service, one)));
