import type { Address } from '../model/address.ts';
import { imageReference, resolvedSource } from '../model/image-reference.ts';
import { addressOf, isKnown, type Known } from '../model/resource.ts';
import type { SystemModel } from '../model/system-model.ts';
import type { Sources } from '../ports/sources.ts';

/**
 * The model with the fingerprint of each image's sources filled in. An image that is built on another has the other's
 * reference among its inputs, so that a change below is a change above.
 */
export async function withInputs(model: SystemModel, sources: Sources): Promise<SystemModel> {
  const scope = { system: model.name, environment: model.environment };
  const declared = new Map(model.resources.filter(isKnown('image')).map(image => [addressOf(image), image]));
  const read = new Map<Address, Promise<Known<'image'>>>();

  const imageAt = (at: Address): Promise<Known<'image'>> => {
    const started = read.get(at) ?? withInput(declared.get(at) as Known<'image'>);
    read.set(at, started);
    return started;
  };
  const withInput = async (image: Known<'image'>): Promise<Known<'image'>> => {
    const below = new Map(
      await Promise.all(basesOf(image).map(async at => [at, imageReference(scope, await imageAt(at))] as const)),
    );
    const source = resolvedSource(image.spec.source, at => below.get(at) ?? '');
    return { ...image, spec: { ...image.spec, inputs: await sources.fingerprint(source) } };
  };

  const resources = await Promise.all(
    model.resources.map(one => (isKnown('image')(one) ? imageAt(addressOf(one)) : one)),
  );
  return { ...model, resources };
}

function basesOf({ spec: { source } }: Known<'image'>): readonly Address[] {
  if (source.from !== 'dockerfile') return [];
  return Object.values(source.args).flatMap(arg => (typeof arg === 'string' ? [] : [arg.image]));
}
