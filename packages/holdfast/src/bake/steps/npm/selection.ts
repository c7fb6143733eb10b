import picomatch from 'picomatch';
import { exitCode, Problem } from '../../../kit/problem.ts';
import type { StepOf } from '../../../model/spec/recipe.ts';
import type { Architecture } from '../../../ports/distribution.ts';
import { type Edge, edgesOf, isOptional, targetOf } from './edges.ts';
import { isInstalled, type LockEntry, type NpmProject, packageName } from './lock.ts';
import type { Manifest } from './manifest.ts';
import { isForPlatform } from './platform.ts';

/** A package, or a link, that is put into `node_modules`. */
export interface Selected {
  /** Relative to the folder: `node_modules/@scope/name`. */
  readonly location: string;
  /** What the registry calls it. */
  readonly name: string;
  readonly entry: LockEntry;
  /** Whether it is in the tarball of the package that it is nested in. */
  readonly isBundled: boolean;
}

/** What `npm ci --omit=…` puts there, parents before what is nested in them. */
export function selected(
  project: NpmProject,
  { omit }: Pick<StepOf<'npm-ci'>, 'omit'>,
  architecture: Architecture,
): readonly Selected[] {
  const unfit = unfitOf(project, omit, architecture);
  return [...project.entries]
    .filter(([location, entry]) => {
      const target = entry.link ? targetOf(entry) : location;
      const flags = project.entries.get(target) ?? entry;
      const isLeftOut = isOmittable(location, project) && isOmitted(flags, omit);
      return isInstalled(location) && !flags.extraneous && !unfit.has(target) && !isLeftOut;
    })
    .map(([location, entry]) => ({
      location,
      name: packageName(location, entry),
      entry: whole(entry, project),
      isBundled: isBundled(location, project),
    }))
    .sort((a, b) => depth(a) - depth(b) || a.location.localeCompare(b.location, 'en'));
}

/** What the project itself would bundle when it is published has to be fetched. */
function isBundled(location: string, { entries }: Pick<NpmProject, 'entries'>): boolean {
  if (!entries.get(location)?.inBundle) return false;
  const above = location.slice(0, location.lastIndexOf('/node_modules/'));
  const isNested = location.includes('/node_modules/') && isInstalled(above);
  return isNested && (!entries.get(above)?.inBundle || isBundled(above, { entries }));
}

/** Of a link the commands stand at what it leads to. */
const whole = (entry: LockEntry, { entries }: NpmProject): LockEntry =>
  entry.link ? { ...entry, bin: entries.get(targetOf(entry))?.bin } : entry;

const depth = ({ location }: Selected): number => location.split('node_modules/').length;

/** `Node.shouldOmit` of npm's Arborist. */
const isOmitted = ({ peer, dev, optional, devOptional }: LockEntry, omit: readonly string[]): boolean =>
  (peer && omit.includes('peer')) ||
  (dev && omit.includes('dev')) ||
  (optional && omit.includes('optional')) ||
  (devOptional && omit.includes('optional') && omit.includes('dev')) ||
  false;

/** What a linked folder has in its own `node_modules` stays, unless it is a workspace. */
function isOmittable(location: string, { manifests }: NpmProject): boolean {
  const top = location.slice(0, location.indexOf('node_modules/')).replace(/\/$/, '');
  return top === '' || isWorkspace(top, manifests.get('') ?? {});
}

const isWorkspace = (folder: string, { workspaces = [] }: Manifest): boolean =>
  picomatch.isMatch(
    folder,
    ('packages' in workspaces ? workspaces.packages : workspaces).map(glob => glob.replace(/^\.\/|\/$/g, '')),
  );

/** What is optional and not for this platform, with what only it wants and what can't do without it. */
function unfitOf(project: NpmProject, omit: readonly string[], architecture: Architecture): ReadonlySet<string> {
  const edges = edgesOf(project);
  const unfit = new Set<string>();
  for (const [location, entry] of project.entries) {
    if (isForPlatform(entry, architecture) || entry.extraneous || unfit.has(location)) continue;
    if (entry.optional) for (const one of optionalSet(location, edges, unfit)) unfit.add(one);
    else if (!isOmitted(entry, omit)) throw wrongPlatform(packageName(location, entry), entry, project.where);
  }
  return unfit;
}

/** `optionalSet` and `gatherDepSet` of npm's Arborist. */
function optionalSet(location: string, edges: readonly Edge[], unfit: ReadonlySet<string>): ReadonlySet<string> {
  const core = new Set([location]);
  for (const one of core)
    for (const edge of edges) if (edge.to === one && edge.from !== '' && !isOptional(edge)) core.add(edge.from);
  const counts = edges.filter(edge => edge.to !== undefined && !core.has(edge.to) && !unfit.has(edge.from));
  const all = new Set(core);
  for (const one of all) for (const edge of counts) if (edge.from === one && edge.to !== undefined) all.add(edge.to);
  while (counts.some(({ from, to }) => !all.has(from) && to !== undefined && all.delete(to)));
  return all;
}

const wrongPlatform = (name: string, { os, cpu, libc }: LockEntry, where: string): Problem =>
  new Problem({
    what: `npm package ${name} is not for the platform of the image`,
    where,
    why: `it is for ${[os, cpu, libc].flat().filter(Boolean).join(', ')}`,
    fix: 'make it an optional dependency, or leave it out with `omit`',
    exit: exitCode.wrongUse,
  });
