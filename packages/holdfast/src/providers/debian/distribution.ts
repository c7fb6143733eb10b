import type { Clock } from '../../kit/clock.ts';
import type { Distribution, LockedPackage, PackageRequest, UnpackRequest } from '../../ports/distribution.ts';
import type { Downloads } from '../../ports/downloads.ts';
import type { DebPackage, DebReader } from './deb/deb-package.ts';
import type { openIndex } from './index/open-index.ts';
import { type MirrorChoice, mirrorsOf } from './mirrors/mirrors.ts';
import { toLocked } from './resolve/locked.ts';

export interface DebianDistributionOptions extends Pick<MirrorChoice, 'env' | 'aptFolder'> {
  readonly downloads: Downloads;
  /** Folder of the store: in its `debian/` stands which indexes were seen, so that an older one is refused. */
  readonly store: string;
  readonly clock?: Clock;
  /** Default: `debReader()`. */
  readonly reader?: DebReader;
}

/**
 * Debian, by its archive alone: neither apt nor dpkg is needed here, nor root. What reads its index and its packages is loaded
 * when the lock does not hold all, or a layer is made.
 */
export function debianDistribution(options: DebianDistributionOptions): Distribution {
  let own: Promise<DebReader> | undefined;
  const readerOf = (): DebReader | Promise<DebReader> => {
    if (options.reader) return options.reader;
    own ??= import('./deb/reader.ts').then(({ debReader }) => debReader());
    return own;
  };
  const opened = new Map<string, ReturnType<typeof openIndex>>();
  // One run sees one state of a suite: two images of it are not made of different ones.
  const indexFor = (request: PackageRequest, signal: AbortSignal): ReturnType<typeof openIndex> => {
    const key = [request.suite, request.architecture, request.mirror].join(' ');
    const index = opened.get(key) ?? openLate({ ...options, request }, signal);
    opened.set(key, index);
    index.catch(() => opened.delete(key));
    return index;
  };
  return {
    passing: [dpkgUpdates],
    async resolve(request, signal) {
      const [{ index, suites }, { resolve }] = await Promise.all([
        indexFor(request, signal),
        import('./resolve/resolve.ts'),
      ]);
      return { packages: resolve(index, request).map(toLocked), suites };
    },
    async unpack(request, signal) {
      const [reader, { unpack }] = await Promise.all([readerOf(), import('./dpkg/unpack.ts')]);
      const failure = new AbortController();
      const either = AbortSignal.any([signal, failure.signal]);
      const fetched = new Map<LockedPackage, DebPackage>();
      const all = largestFirst(request.packages).map(async one => {
        fetched.set(one, await fetchedOf(one, request, { ...options, reader }, either));
      });
      for (const one of all) one.catch(error => failure.abort(error));
      await Promise.allSettled(all);
      if (failure.signal.aborted) throw failure.signal.reason;
      return await unpack(
        request.packages.map(one => [one, fetched.get(one) as DebPackage]),
        request,
      );
    },
  };
}

const openLate: typeof openIndex = async (...ask) => (await import('./index/open-index.ts')).openIndex(...ask);

/** dpkg writes each change of a package's state there, and takes them together when it ends (dpkg(1), FILES). */
const dpkgUpdates = '/var/lib/dpkg/updates';

/** So that no core is left alone with a large one in the end. */
const largestFirst = (packages: readonly LockedPackage[]): readonly LockedPackage[] =>
  packages.toSorted((one, other) => other.size - one.size);

async function fetchedOf(
  locked: LockedPackage,
  request: UnpackRequest,
  options: DebianDistributionOptions & { readonly reader: DebReader },
  signal: AbortSignal,
): Promise<DebPackage> {
  const { name, version, architecture, sha256: hex, size } = locked;
  const about = `${name} ${version} (${architecture})`;
  const digest = { algorithm: 'sha256', hex } as const;
  const urls = await urlsOf(locked, request, options, options.downloads.has(digest));
  const file = await options.downloads.file({ about, urls, digest, size, gone }, signal);
  return options.reader.read(file, request.scratch, signal);
}

const gone = 'an archive keeps the newest packages alone; take what it has now: `holdfast bake --update`';

/** Where nothing serves the suite, what is in the store already is enough. */
async function urlsOf(
  { suite, path }: LockedPackage,
  { mirror }: UnpackRequest,
  { env, aptFolder }: DebianDistributionOptions,
  isStored: boolean,
): Promise<readonly string[]> {
  try {
    const choice = { ...(mirror && { mirror }), ...(env && { env }), ...(aptFolder && { aptFolder }) };
    return (await mirrorsOf(suite, choice)).map(url => `${url}/${path}`);
  } catch (error) {
    if (isStored) return [];
    throw error;
  }
}
