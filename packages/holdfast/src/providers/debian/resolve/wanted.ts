import { nearest } from '../../../kit/nearest.ts';
import { Problem } from '../../../kit/problem.ts';
import type { PackageRequest } from '../../../ports/distribution.ts';
import type { PackageIndex } from '../index/package-record.ts';
import type { Package } from './package.ts';
import type { Packages } from './packages.ts';

type Wanted = Pick<PackageRequest, 'suite' | 'set' | 'packages'>;

/** What was asked for by name, with the set that an image begins with. Throws a Problem for a name that isn't there. */
export function wantedBy(index: PackageIndex, packages: Packages, request: Wanted): readonly Package[] {
  const inSet = request.set ? index.inSet(request.set) : [];
  const wanted = [...inSet.map(({ name }) => name), ...request.packages].map(name =>
    find(packages, name, request.suite),
  );
  return [...new Set(wanted)];
}

function find(packages: Packages, name: string, suite: string): Package {
  const pack = packages.named(name);
  if (pack.candidate) return pack;
  const providers = providersOf(packages, name);
  const [only, ...others] = providers;
  if (only && others.length === 0) return only;
  throw only ? virtual(name, providers) : unknown(packages, name, suite);
}

function providersOf(packages: Packages, name: string): readonly Package[] {
  const providers = packages.providers(name).map(({ record }) => packages.named(record.name));
  return [...new Set(providers)].filter(({ candidate }) => candidate);
}

function virtual(name: string, providers: readonly Package[]): Problem {
  return new Problem({
    what: `${name} is not a package, but what several packages provide`,
    why: `${names(providers)} can each serve as ${name}`,
    fix: 'name the one that you want',
    exit: 2,
  });
}

function names(providers: readonly Package[]): string {
  const shown = providers.slice(0, 12).map(({ name }) => name);
  const more = providers.length - shown.length;
  return [...shown, ...(more > 0 ? [`${more} more`] : [])].join(', ');
}

function unknown(packages: Packages, name: string, suite: string): Problem {
  const meant = swapped(name, packages.names()) ?? nearest(name, packages.names());
  return new Problem({
    what: `there is no package ${name} in ${suite}`,
    why: 'no suite of the archive that was asked has one of that name',
    fix: meant === undefined ? 'look for its name in Debian' : `did you mean ${meant}?`,
    exit: 2,
  });
}

/** Letters the wrong way round are the commonest slip, and further from the word than a letter too many. */
function swapped(name: string, names: readonly string[]): string | undefined {
  return names.find(one => one.length === name.length && letters(one) === letters(name));
}

const letters = (name: string): string => [...name].sort().join('');
