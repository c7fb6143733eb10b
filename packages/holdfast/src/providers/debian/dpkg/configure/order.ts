import { namesIn } from '../database/control.ts';
import { type Package, runsSomething } from '../package.ts';

/** `preinst` of these, and then, for the sake of the next wave, the configuration of those (by label). */
export interface Wave {
  readonly preinsts: readonly Package[];
  readonly configure: readonly string[];
}

/** Packages by their names and by what they provide. */
type Named = ReadonlyMap<string, readonly Package[]>;

function namedIn(packages: readonly Package[]): Named {
  const named = new Map<string, Package[]>();
  for (const one of packages)
    for (const name of [one.name, ...namesIn(one.fields.get('Provides'))])
      named.set(name, [...(named.get(name) ?? []), one]);
  return named;
}

/**
 * The order in which dpkg would unpack: what is pre-depended on first, base-files before all, since it knows the modes
 * of the folders that all share; by name otherwise.
 */
export function inOrder(packages: readonly Package[]): readonly Package[] {
  const found = closure(packages.toSorted(byPlace), namedIn(packages), ['Pre-Depends']);
  return [...found].toSorted((one, other) => Number(other.name === 'base-files') - Number(one.name === 'base-files'));
}

const isEssential = ({ fields }: Package): boolean => fields.get('Essential') === 'yes';

const byPlace = (one: Package, other: Package): number =>
  Number(isEssential(other)) - Number(isEssential(one)) || (one.name < other.name ? -1 : 1);

/**
 * What must be configured before which `preinst` runs. Of a base that is made from nothing, Essential packages come
 * first and among themselves all at once, as mmdebstrap installs them; base-passwd's `preinst` makes the users.
 */
export function wavesOf(packages: readonly Package[]): readonly Wave[] {
  const named = namedIn(packages);
  const first = closure(packages.filter(isEssential), named);
  const levels = levelsOf(packages, first, named);
  const configured = new Set<Package>();
  return Array.from({ length: Math.max(-1, ...levels.values()) + 1 }, (_, at) => {
    const next = [...levels.keys()].filter(one => levels.get(one) === at + 1);
    const needed = next.flatMap(one => [...(at === 0 ? first : []), ...neededBefore(one, named)]);
    const configure = [...new Set(needed)].filter(one => !configured.has(one));
    for (const one of configure) configured.add(one);
    return {
      preinsts: [...levels.keys()].filter(one => levels.get(one) === at).toSorted(byUsers),
      configure: configure.map(({ label }) => label).sort(),
    };
  });
}

/** The wave of each package that has a `preinst`. */
function levelsOf(
  packages: readonly Package[],
  first: ReadonlySet<Package>,
  named: Named,
): ReadonlyMap<Package, number> {
  const levels = new Map<Package, number>();
  const lowest = first.size > 0 ? 1 : 0;
  const levelOf = (one: Package): number => {
    const known = levels.get(one);
    if (known !== undefined) return known;
    levels.set(one, first.has(one) ? 0 : lowest);
    if (first.has(one)) return 0;
    const before = [...neededBefore(one, named)].filter(other => !first.has(other) && runsSomething(other));
    const level = Math.max(lowest, ...before.map(other => 1 + (hasPreinst(other) ? levelOf(other) : lowest)));
    levels.set(one, level);
    return level;
  };
  for (const one of packages) if (hasPreinst(one)) levelOf(one);
  return levels;
}

const hasPreinst = ({ parts }: Package): boolean => parts.has('preinst');

const byUsers = (one: Package, other: Package): number =>
  Number(other.name === 'base-passwd') - Number(one.name === 'base-passwd');

/** What a package pre-depends on, with all that those depend on. */
function neededBefore(one: Package, named: Named): ReadonlySet<Package> {
  const direct = namesIn(one.fields.get('Pre-Depends')).flatMap(name => named.get(name) ?? []);
  const all = closure(direct, named);
  return new Set([...all].filter(other => other !== one));
}

/** The packages with all that they depend on, what is depended on first. */
function closure(
  packages: readonly Package[],
  named: Named,
  relations: readonly string[] = ['Pre-Depends', 'Depends'],
): ReadonlySet<Package> {
  const seen = new Set<Package>();
  const found = new Set<Package>();
  const visit = (one: Package): void => {
    if (seen.has(one)) return;
    seen.add(one);
    for (const relation of relations)
      for (const name of namesIn(one.fields.get(relation))) for (const needed of named.get(name) ?? []) visit(needed);
    found.add(one);
  };
  for (const one of packages) visit(one);
  return found;
}
