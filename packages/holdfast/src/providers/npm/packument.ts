import semver from 'semver';
import { z } from 'zod';
import { Problem } from '../../kit/problem.ts';
import type { LockedTarball } from '../../ports/npm-registry.ts';
import { registryProblem } from './problems.ts';
import type { NpmRegistryOptions } from './registry.ts';

/** What a registry tells of a package, in the abbreviated form (npm's registry documentation: package-metadata). */
export interface Packument {
  readonly name: string;
  readonly registry: string;
  /** By version; a single one that is malformed must not hide the others. */
  readonly versions: Readonly<Record<string, unknown>>;
}

const accept = 'application/vnd.npm.install-v1+json; q=1.0, application/json; q=0.8';

/** The largest known has some 30 MB. */
const limit = 200_000_000;

export async function packumentFrom(
  { downloads, config }: NpmRegistryOptions,
  name: string,
  signal: AbortSignal,
): Promise<Packument> {
  const registry = await config.registryOf(name);
  const url = `${registry}${name.replace('/', '%2f')}`;
  const headers = { accept, ...config.credentialsFor(url).headers };
  const wanted = { about: `what the npm registry has of ${name}`, urls: [url], limit, headers };
  const bytes = await downloads.document(wanted, signal).catch(error => {
    throw registryProblem(error, { about: name, url, registry }, config);
  });
  return packumentOf(name, registry, bytes);
}

const answer = z.object({ versions: z.record(z.string(), z.unknown()) });

function packumentOf(name: string, registry: string, bytes: Uint8Array): Packument {
  try {
    return { name, registry, ...answer.parse(JSON.parse(Buffer.from(bytes).toString())) };
  } catch (cause) {
    throw new Problem({
      what: `the registry's answer on ${name} is not understood`,
      where: registry,
      why: 'it is no list of versions in JSON: perhaps something else answered in its place',
      evidence: [Buffer.from(bytes.subarray(0, 200)).toString()],
      cause,
    });
  }
}

const release = z.object({
  dist: z.object({ tarball: z.url(), integrity: z.string().min(1).optional(), shasum: z.string().optional() }),
  deprecated: z.union([z.string(), z.boolean()]).optional(),
});

type Release = z.infer<typeof release>;

export function releaseOf({ versions }: Packument, version: string): Release | undefined {
  const found = release.safeParse(versions[version]);
  return found.success ? found.data : undefined;
}

/** Newest first. */
export const stableIn = ({ versions }: Packument): readonly string[] =>
  semver.rsort(Object.keys(versions).filter(version => semver.valid(version) && !semver.prerelease(version)));

/** The highest stable version that begins with what is named; one that is deprecated only where there is no other. */
export function newestOf(packument: Packument, wanted: string): LockedTarball | undefined {
  const known = fittingIn(packument, wanted).flatMap(version => {
    const found = releaseOf(packument, version);
    const integrity = found && integrityOf(found);
    return found && integrity ? [{ version, integrity, isDeprecated: Boolean(found.deprecated) }] : [];
  });
  const best = known.find(({ isDeprecated }) => !isDeprecated) ?? known[0];
  return best && { name: packument.name, version: best.version, integrity: best.integrity };
}

/** A pre-release is taken only by its full name. */
function fittingIn(packument: Packument, wanted: string): readonly string[] {
  if (wanted in packument.versions) return [wanted];
  return stableIn(packument).filter(version => version.startsWith(`${wanted}.`));
}

const integrityOf = ({ dist: { integrity, shasum } }: Release): string | undefined =>
  integrity ?? (shasum && `sha1-${Buffer.from(shasum, 'hex').toString('base64')}`);
