import { addressOf, type Known, type Resource } from '../../model/resource.ts';
import type { ImageConfig, StepOf, StepSpec } from '../../model/spec/recipe.ts';
import type { SystemModel } from '../../model/system-model.ts';
import { resourcesOf } from '../../model/system-model.ts';
import type { ReleasedImage, ReleasedImages } from './released.ts';

/** An image, with all that is known of it. */
export interface DeclaredImage extends Pick<Known<'image'>, 'name' | 'spec' | 'at'> {
  readonly released: ReleasedImage;
}

/** A service, with what it runs. */
export interface DeclaredService extends Pick<Known<'service'>, 'name' | 'spec' | 'at'> {
  /** Absent where the model lacks it. */
  readonly image?: DeclaredImage;
}

export const imagesIn = (model: SystemModel, released: ReleasedImages): readonly DeclaredImage[] =>
  resourcesOf(model, 'image').map(one => ({ ...declarationOf(one), released: released[addressOf(one)] ?? {} }));

export function servicesIn(model: SystemModel, released: ReleasedImages): readonly DeclaredService[] {
  const images = new Map(imagesIn(model, released).map(one => [`image/${one.name}`, one]));
  return resourcesOf(model, 'service').map(one => {
    const image = images.get(one.spec.image);
    return { ...declarationOf(one), ...(image && { image }) };
  });
}

const declarationOf = <S>({ name, spec, at }: Resource<string, S>) => ({ name, spec, ...(at !== undefined && { at }) });

/** As it was baked, else as it was declared; undefined for what others made. */
export function configOf({ spec: { source }, released }: DeclaredImage): ImageConfig | undefined {
  return released.config ?? (source.from === 'recipe' ? source.config : undefined);
}

/** Steps of one kind; none of what is not made by a recipe. */
export const stepsOf = <D extends StepSpec['do']>(
  { spec: { source } }: DeclaredImage,
  kind: D,
): readonly StepOf<D>[] =>
  source.from === 'recipe' ? source.steps.filter((step): step is StepOf<D> => step.do === kind) : [];
