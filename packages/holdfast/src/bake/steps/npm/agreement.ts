import semver from 'semver';
import { exitCode, Problem } from '../../../kit/problem.ts';
import { edgesOf, isOptional, wantsOf } from './edges.ts';
import { folderName, type NpmProject } from './lock.ts';

/**
 * Throws a Problem unless package.json and package-lock.json agree as `npm ci` wants them to: everything that is wanted
 * is there, in a version that is wanted, as the kind of dependency that it is.
 */
export function mustAgree(project: NpmProject): void {
  const told = [...missing(project), ...otherwiseInLock(project), ...goneFromManifest(project)];
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

/** Peers may be missing or of another version where somebody chose so (`legacy-peer-deps`). */
const missing = (project: NpmProject): readonly string[] =>
  edgesOf(project)
    .filter(edge => edge.to === undefined && edge.kind !== 'peer' && !isOptional(edge))
    .map(({ from, name, spec }) => `${name}@${spec}${from && `, which ${folderName(from)} wants,`} is not in the lock`);

/** Also that of an optional or a peer dependency. */
function otherwiseInLock({ manifest, entries }: NpmProject): readonly string[] {
  const locked = new Map(wantsOf(entries.get('') ?? {}, true).map(want => [want.name, want]));
  return wantsOf(manifest, true).flatMap(({ name, spec, kind }) => {
    const lock = locked.get(name);
    if (!lock) return kind === 'peerOptional' ? [] : [`${name}@${spec} is not in the lock`];
    if (lock.kind !== kind) return [`${name} is of another kind of dependency in the lock`];
    const version = entries.get(`node_modules/${name}`)?.version;
    return lock.spec === spec || fits(version, spec) ? [] : [`${name}@${spec} is ${version ?? lock.spec} in the lock`];
  });
}

const fits = (version: string | undefined, spec: string): boolean =>
  version !== undefined && semver.validRange(spec) !== null && semver.satisfies(version, spec);

function goneFromManifest({ manifest, entries }: NpmProject): readonly string[] {
  const wanted = new Set(wantsOf(manifest, true).map(({ name }) => name));
  return wantsOf(entries.get('') ?? {}, true)
    .filter(({ name }) => !wanted.has(name))
    .map(({ name }) => `${name} is in the lock alone`);
}
