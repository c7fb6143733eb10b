import type { WantedFile } from '../../ports/downloads.ts';
import type { LockedTarball } from '../../ports/npm-registry.ts';
import { digestIn } from './integrity.ts';
import { packumentFrom, releaseOf } from './packument.ts';
import { registryProblem, statusOf, versionGone } from './problems.ts';
import type { NpmRegistryOptions } from './registry.ts';

/** Paths by integrity. The first that can't be had stops the rest, which leave nothing half done. */
export async function tarballsFrom(
  from: NpmRegistryOptions,
  tarballs: readonly LockedTarball[],
  signal: AbortSignal,
): Promise<ReadonlyMap<string, string>> {
  const each = new Map(tarballs.map(one => [one.integrity, one]));
  const failed = new AbortController();
  const either = AbortSignal.any([signal, failed.signal]);
  const fetched = [...each.values()].map(async one => {
    try {
      return [one.integrity, await take(from, one, either)] as const;
    } catch (error) {
      failed.abort(error);
      throw error;
    }
  });
  await Promise.allSettled(fetched);
  either.throwIfAborted();
  return new Map(await Promise.all(fetched));
}

type Wanted = Omit<WantedFile, 'urls'>;

/** What is in the store needs no registry, and not even to know one: npm would have to be asked for it. */
async function take(from: NpmRegistryOptions, tarball: LockedTarball, signal: AbortSignal): Promise<string> {
  const wanted = { about: `${tarball.name}@${tarball.version}`, digest: digestIn(tarball) };
  if (!from.downloads.has(wanted.digest)) return await bring(from, tarball, wanted, signal);
  return await from.downloads.file({ ...wanted, urls: [] }, signal).catch(() => bring(from, tarball, wanted, signal));
}

/** Most registries keep a tarball where npm's own does; only where one does not is its packument read. */
async function bring(
  from: NpmRegistryOptions,
  tarball: LockedTarball,
  wanted: Wanted,
  signal: AbortSignal,
): Promise<string> {
  const registry = await from.config.registryOf(tarball.name);
  const usual = usualUrl(registry, tarball);
  const inWords = (error: unknown, url: string) =>
    registryProblem(error, { about: wanted.about, url, registry }, from.config);
  try {
    return await download(from, wanted, usual, signal);
  } catch (error) {
    if (statusOf(error) !== 404) throw inWords(error, usual);
  }
  const told = await toldUrl(from, tarball, signal);
  return await download(from, wanted, told, signal).catch(error => Promise.reject(inWords(error, told)));
}

const download = (
  { downloads, config }: NpmRegistryOptions,
  wanted: Wanted,
  url: string,
  signal: AbortSignal,
): Promise<string> => downloads.file({ ...wanted, urls: [url], headers: config.credentialsFor(url).headers }, signal);

/** `…/@scope/name/-/name-1.2.3.tgz` */
const usualUrl = (registry: string, { name, version }: LockedTarball): string =>
  `${registry}${name}/-/${name.split('/').at(-1)}-${version}.tgz`;

async function toldUrl(
  from: NpmRegistryOptions,
  { name, version }: LockedTarball,
  signal: AbortSignal,
): Promise<string> {
  const packument = await packumentFrom(from, name, signal);
  const release = releaseOf(packument, version);
  if (!release) throw versionGone(name, version, packument.registry);
  return release.dist.tarball;
}
