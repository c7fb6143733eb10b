import { type DerivedAssertion, follows } from '../derived.ts';
import { type DeclaredImage, stepsOf } from '../subjects.ts';

/**
 * Packages that are named are there, in the version that was locked. What came with them is held by the digest. A name
 * that the lock does not know is one that another package provides.
 */
export function packages(image: DeclaredImage): readonly DerivedAssertion[] {
  const locked = image.released.packages;
  return namesOf(image)
    .filter(name => !locked || Object.hasOwn(locked, name))
    .map(name => {
      const [of, version] = [{ type: 'package', name } as const, locked?.[name]];
      return version === undefined
        ? follows(`image ${image.name} declares it`, of, 'isInstalled')
        : follows(`image ${image.name} declares it, and it is locked to this version`, of, 'hasExactVersion', version);
    });
}

/** Without the architecture that may be named with it. */
function namesOf(image: DeclaredImage): readonly string[] {
  const { source } = image.spec;
  const base = source.from === 'recipe' ? source.base.packages : [];
  const all = [...base, ...stepsOf(image, 'packages').flatMap(step => step.packages)];
  return [...new Set(all.map(name => name.replace(/:.*$/, '')))];
}
