import { nearest } from '../../kit/nearest.ts';
import { exitCode, Problem } from '../../kit/problem.ts';
import { addressOf } from '../../model/resource.ts';
import { resourcesOf, type SystemModel } from '../../model/system-model.ts';
import type { Order } from './bake-image.ts';

/** What is to be baked: all images, or those that are named. Throws a Problem for a name that no image has. */
export function orders(model: SystemModel, names: readonly string[]): readonly Order[] {
  const images = resourcesOf(model, 'image');
  const known = images.map(({ name }) => name);
  for (const name of names) if (!known.includes(name)) throw unknown(name, known);
  const checks = resourcesOf(model, 'check');
  return images
    .filter(({ name }) => names.length === 0 || names.includes(name))
    .map(image => ({
      image,
      inputs: image.spec.inputs ?? '',
      checks: checks.filter(({ spec }) => spec.target === addressOf(image)),
    }));
}

function unknown(name: string, known: readonly string[]): Problem {
  const meant = nearest(name, known);
  return new Problem({
    what: `there is no image "${name}"`,
    why: known.length > 0 ? `there are ${known.join(', ')}` : 'system.ts declares none',
    ...(meant && { fix: `did you mean ${meant}?` }),
    exit: exitCode.wrongUse,
  });
}
