import { type DerivedAssertion, follows } from '../derived.ts';
import { configOf, type DeclaredImage, type DeclaredService, stepsOf } from '../subjects.ts';

const isRoot = (user: string): boolean => /^(root|0)(:|$)/.test(user);

/** Who is not to be root is not, nor is any process of it. Who reaches the journal is whoever has that, unless it says so. */
export function usersOfService({ name, spec, image }: DeclaredService): readonly DerivedAssertion[] {
  const user = spec.user ?? (spec.reaches ? undefined : image && configOf(image)?.user);
  if (user === undefined || isRoot(user)) return [];
  const because = spec.user === undefined ? `image ${image?.name} declares this user` : `service ${name} declares it`;
  return [
    follows(because, { type: 'container' }, 'runsAs', user),
    follows(because, { type: 'processes' }, 'runOnlyAs', [nameOf(user)]),
  ];
}

/** Of `user:group`. */
const nameOf = (user: string): string => user.replace(/:.*$/, '');

export function usersOfImage(image: DeclaredImage): readonly DerivedAssertion[] {
  const made = new Map(stepsOf(image, 'user').map(step => [step.name, step]));
  const user = configOf(image)?.user;
  return [...[...made.values()].flatMap(step => madeAs(image, step)), ...runsAs(image, user, new Set(made.keys()))];
}

type Made = ReturnType<typeof stepsOf<'user'>>[number];

function madeAs(image: DeclaredImage, { name, uid, home, shell }: Made): readonly DerivedAssertion[] {
  const because = `a step of image ${image.name} makes this user`;
  const of = { type: 'user', name } as const;
  return [
    follows(because, of, 'hasUid', uid),
    follows(because, of, 'hasGid', uid),
    follows(because, of, 'hasHome', home),
    follows(because, of, 'hasShell', shell),
  ];
}

/** A user that is told by its name must be there; a package may have brought it. */
function runsAs(
  { name }: DeclaredImage,
  user: string | undefined,
  made: ReadonlySet<string>,
): readonly DerivedAssertion[] {
  if (user === undefined || isRoot(user)) return [];
  const because = `image ${name} runs as this user`;
  const isName = !/^\d+$/.test(nameOf(user)) && !made.has(nameOf(user));
  return [
    follows(because, { type: 'image' }, 'runsAs', user),
    ...(isName ? [follows(because, { type: 'user', name: nameOf(user) }, 'exists')] : []),
  ];
}
