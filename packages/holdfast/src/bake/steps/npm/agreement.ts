import semver from 'semver';
import { exitCode, Problem } from '../../../kit/problem.ts';
import { edgesOf, found, isOptional, wantsOf } from './edges.ts';
import { folderName, type NpmProject } from './lock.ts';

/**
 * Throws a Problem unless package.json and package-lock.json agree as `npm ci` wants them to: everything that is wanted
 * is there, in a version that is wanted, as the kind of dependency that it is.
 */
export function mustAgree(project: NpmProject): void {
  const told = [...missing(project), ...[...project.manifests.keys()].flatMap(at => otherwise(project, at))];
  if (told.length === 0) return;
  throw new Problem({
    what: `package.json and package-lock.json do not agree: ${told[0]}${told.length > 1 ? `, and ${told.length - 1} more` : ''}`,
    where: project.where,
    why: 'npm.ci installs what the lock names, which must be what package.json asks for',
    fix: 'run `npm install` in that folder, and keep the new package-lock.json with the code',
    evidence: told,
    exit: exitCode.wrongUse,
  });
}

/** Peers may be missing where somebody chose so (`legacy-peer-deps`), and what is optional where it can't be had. */
const missing = (project: NpmProject): readonly string[] =>
  edgesOf(project)
    .filter(edge => edge.to === undefined && edge.kind !== 'peer' && !isOptional(edge))
    .map(({ from, name, spec }) => `${name}@${spec}${from && `, which ${folderName(from)} wants,`} is not in the lock`);

/** What a package.json wants otherwise than the lock says it does. */
function otherwise({ manifests, entries }: NpmProject, at: string): readonly string[] {
  const wanted = wantsOf(manifests.get(at) ?? {}, true);
  const locked = new Map(wantsOf(entries.get(at) ?? {}, true).map(want => [want.name, want]));
  const changed = wanted.flatMap(({ name, spec, kind }) => {
    const lock = locked.get(name);
    // That it is missing was told, unless it need not be there.
    if (!lock) return isOptional({ kind }) || kind === 'peer' ? [`${name}@${spec} is not in the lock`] : [];
    if (lock.kind !== kind) return [`${name} is of another kind of dependency in the lock`];
    const version = entries.get(found(entries, at, name) ?? '')?.version;
    return lock.spec === spec || fits(version, spec) ? [] : [`${name}@${spec} is ${version ?? lock.spec} in the lock`];
  });
  const names = new Set(wanted.map(({ name }) => name));
  const gone = [...locked.keys()].filter(name => !names.has(name));
  return [...changed, ...gone.map(name => `${name} is in the lock alone`)];
}

const fits = (version: string | undefined, spec: string): boolean =>
  version !== undefined && semver.validRange(spec) !== null && semver.satisfies(version, spec);
