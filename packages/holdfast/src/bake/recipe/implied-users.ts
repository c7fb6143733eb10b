import type { StepOf, StepSpec } from '../../model/spec/recipe.ts';

/** A step of a recipe, or one that follows from it: a user that something names and nothing else may have made. */
export type AnyStep = StepSpec | (Omit<StepOf<'user'>, 'do'> & { readonly do: 'implied-user' });

/**
 * The steps with a user made where a name is first needed and no step says `user(name)`: before the step that names
 * it, or at the end for the user that the image runs as. Where a package has made one, nothing is added.
 */
export function withImpliedUsers(steps: readonly StepSpec[], runsAs: string | undefined): readonly AnyStep[] {
  const known = new Set(['root', ...steps.flatMap(step => (step.do === 'user' ? [step.name] : []))]);
  const implied = (name: string | undefined): readonly AnyStep[] => {
    if (name === undefined || /^\d/.test(name) || known.has(name)) return [];
    known.add(name);
    return [{ do: 'implied-user', name, uid: 10_001, home: '/nonexistent', shell: '/usr/sbin/nologin' }];
  };
  return [...steps.flatMap(step => [...implied(namedBy(step)), step]), ...implied(runsAs)];
}

function namedBy(step: StepSpec): string | undefined {
  if (step.do === 'copy') return step.owner;
  return step.do === 'run' ? step.user : undefined;
}
