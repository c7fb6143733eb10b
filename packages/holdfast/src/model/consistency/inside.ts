import { subject } from '../declaration/handle.ts';
import { isKnown, type Resource } from '../resource.ts';
import type { Check } from './across.ts';

/** Two of one name in one place inside of a server would be one, and each would be made as the other is declared. */
export const namesakesInside: Check = ({ resources }) =>
  [...Map.groupBy(resources, placeOf)].flatMap(([place, [first, ...others]]) =>
    place === undefined || !first
      ? []
      : others.map(({ kind, name, at }) => ({
          what: `${subject(kind, name)} and ${subject(first.kind, first.name)} have the same name inside of their server`,
          ...(at && { where: at }),
          why: `both are ${place}, and there can be one of that name`,
          fix: 'give one of them another name with `named`',
        })),
  );

/** Who logs in has a name of its own with each password: its password is what two can't share. */
function placeOf(resource: Resource): string | undefined {
  if (isKnown('database')(resource)) return `database "${resource.spec.name}" of ${resource.spec.cluster}`;
  if (isKnown('extension')(resource))
    return `extension "${resource.spec.name}" in database "${resource.spec.database}" of ${resource.spec.cluster}`;
  if (!isKnown('role')(resource)) return undefined;
  const { name, login, cluster } = resource.spec;
  const who = login ? `the login of "${name}" with ${JSON.stringify(login.password)}` : `role "${name}"`;
  return `${who} of ${cluster}`;
}
