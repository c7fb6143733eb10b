import type { Address } from './address.ts';
import type { Scope } from './identity.ts';
import type { Known } from './resource.ts';
import type { ImageSource, ResolvedSource } from './spec/image-spec.ts';

/** What instances call an image. The inputs are in the name: other inputs, another image. No label has a slash in it. */
export function imageReference(
  { system, environment }: Scope,
  { name, spec: { source, inputs } }: Known<'image'>,
): string {
  if (source.from === 'reference') return source.reference;
  if (!inputs) throw new Error(`the sources of image "${name}" were not read`);
  return `holdfast/${system}/${environment}/${name}:${inputs.slice(0, 12)}`;
}

/** The source with the reference of each image that it is built on. */
export function resolvedSource(source: ImageSource, referenceOf: (image: Address) => string): ResolvedSource {
  if (source.from !== 'dockerfile') return source;
  const args = Object.entries(source.args).map(([key, arg]) => [
    key,
    typeof arg === 'string' ? arg : referenceOf(arg.image),
  ]);
  return { ...source, args: Object.fromEntries(args) };
}
