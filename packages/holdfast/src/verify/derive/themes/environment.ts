import type { Value } from '../../../model/value.ts';
import { type DerivedAssertion, follows } from '../derived.ts';
import { configOf, type DeclaredService } from '../subjects.ts';
import { plainText } from './plain-text.ts';

/** What a service declares, and what its image does where the service says nothing else. */
export function environment({ name, spec, image }: DeclaredService): readonly DerivedAssertion[] {
  const ofImage = Object.entries((image && configOf(image)?.env) ?? {}).filter(
    ([key]) => !Object.hasOwn(spec.env, key),
  );
  return [
    ...Object.entries(spec.env).map(([key, value]) => variable(`service ${name} declares it`, key, value)),
    ...ofImage.map(([key, value]) => variable(`image ${image?.name} declares it`, key, value)),
  ];
}

/** Of a secret, and of what is known later, no more is said than that it is there. */
function variable(because: string, name: string, value: Value): DerivedAssertion {
  const text = plainText(value);
  const of = { type: 'environment', name } as const;
  return text === undefined ? follows(because, of, 'isSet') : follows(because, of, 'hasValue', text);
}
