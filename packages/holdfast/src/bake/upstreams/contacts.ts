import { type Address, nameIn } from '../../model/address.ts';
import { isKnown } from '../../model/resource.ts';
import type { ImageSource } from '../../model/spec/image-spec.ts';
import type { SystemModel } from '../../model/system-model.ts';
import type { Contact, DeclaredUpstream } from './upstreams.ts';

/** What the journal has of an image's bake. */
export interface BakedFact {
  readonly image: Address;
  readonly inputs: string;
  readonly contacted: readonly string[];
}

/**
 * The hosts that the images of a system need. While baking: those that were contacted, as the journal has it. While
 * deploying: none for what was baked; the registry of what is only referred to; what a Dockerfile reaches is not known.
 */
export function contactsOf(model: SystemModel, baked: readonly BakedFact[]): readonly Contact[] {
  return model.resources
    .filter(isKnown('image'))
    .flatMap(({ name, spec: { source } }): readonly Contact[] => [
      ...baked
        .filter(({ image }) => nameIn(image) === name)
        .flatMap(({ contacted }) => contacted.map(host => ({ phase: 'baking', host }) as const)),
      ...registryOf(source).map(host => ({ phase: 'deploying', host }) as const),
    ]);
}

export const declaredUpstreams = (model: SystemModel): readonly DeclaredUpstream[] =>
  model.resources.filter(isKnown('upstream')).map(({ name, spec }) => ({ name, spec }));

/** Images of which nobody knows whom their making contacts. */
export const unrecorded = (model: SystemModel): readonly string[] =>
  model.resources
    .filter(isKnown('image'))
    .filter(({ spec }) => spec.source.from === 'dockerfile')
    .map(({ name }) => name);

/** The first part of a reference is a host where it looks like one (as in distribution/reference). */
function registryOf(source: ImageSource): readonly string[] {
  if (source.from !== 'reference') return [];
  const [first = '', ...rest] = source.reference.split('/');
  const isHost = rest.length > 0 && (/[.:]/.test(first) || first === 'localhost');
  return [isHost ? first : 'the engine’s default registry'];
}
