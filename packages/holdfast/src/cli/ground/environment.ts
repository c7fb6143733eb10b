import { nearest } from '../../kit/nearest.ts';
import { exitCode, Problem } from '../../kit/problem.ts';
import type { Config } from '../../model/environment/config.ts';
import type { Environment } from '../../model/environment/environment.ts';

/** The environment of that name. Throws a Problem that names those that there are. */
export function environmentNamed(name: string, { environments }: Config): Environment {
  const found = environments.find(one => one.name === name);
  if (found) return found;
  const names = environments.map(one => one.name);
  const meant = nearest(name, names);
  throw new Problem({
    what: `there is no environment "${name}"`,
    where: 'holdfast.config.ts',
    why: `it declares ${names.join(', ')}`,
    fix: meant ? `did you mean --env ${meant}?` : `name one with --env ${names[0]}, or declare ${name}`,
    exit: exitCode.wrongUse,
  });
}
