import { exitCode, Problem } from '../../kit/problem.ts';
import type { Answered } from '../../ports/downloads.ts';
import type { NpmConfig } from './config.ts';

/** The HTTP status for which a download failed, if that was the reason. */
export const statusOf = (error: unknown): number | undefined =>
  error instanceof Problem ? (error.parts.cause as Answered | undefined)?.status : undefined;

export interface Asked {
  /** What was wanted: `left-pad@1.3.0`. */
  readonly about: string;
  readonly url: string;
  readonly registry: string;
}

/** A failed download in npm's words. */
export function registryProblem(error: unknown, asked: Asked, config: NpmConfig): unknown {
  if (!(error instanceof Problem)) return error;
  const status = statusOf(error);
  if (status === 401 || status === 403) return notLetIn(error, asked, config);
  if (status === 404) return notThere(error, asked, config);
  return error;
}

function notLetIn(
  { parts }: Problem,
  { about, url, registry }: Asked,
  { credentialsFor, userFile }: NpmConfig,
): Problem {
  const isWithin = new URL(url).host === new URL(registry).host;
  const had = credentialsFor(url);
  const isSignedIn = Object.keys(had.headers).length > 0;
  const { key } = isSignedIn || !isWithin ? had : credentialsFor(registry);
  return new Problem({
    ...parts,
    what: `the npm registry does not let you have ${about}`,
    why: isSignedIn ? `it does not accept what .npmrc has under ${key}` : 'it wants you to sign in',
    fix: `${isSignedIn ? 'renew' : 'set'} this line in ${userFile}: ${key}:_authToken=… (or npm login)`,
  });
}

const notThere = ({ parts }: Problem, { about, url }: Asked, { userFile }: NpmConfig): Problem =>
  new Problem({
    ...parts,
    what: `the npm registry has no ${about}`,
    why: `${new URL(url).host} answered 404, which some registries also say to who may not see it`,
    fix: `see whether its name is right; if it is of another registry: @scope:registry=https://… in .npmrc or ${userFile}`,
  });

export const versionGone = (name: string, version: string, registry: string): Problem =>
  new Problem({
    what: `${name}@${version} is no longer in the npm registry`,
    where: registry,
    why: 'the registry knows the package, and not this version: it was unpublished, or the lock comes from another registry',
    fix: 'take another version: npm install and holdfast bake --update; or restore the store from a machine that has it',
    exit: exitCode.unreachable,
  });

export const noneBegins = (name: string, version: string, registry: string, some: readonly string[]): Problem =>
  new Problem({
    what: `${name} has no stable version that begins with ${version}`,
    where: registry,
    why: some.length > 0 ? `its newest are ${some.join(', ')}` : 'it has no stable version at all',
    exit: exitCode.wrongUse,
  });
