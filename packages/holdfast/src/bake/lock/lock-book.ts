import { sameJson } from '../../kit/json.ts';
import { exitCode, Problem } from '../../kit/problem.ts';
import type { Architecture, Distribution, LockedPackage, PackageRequest } from '../../ports/distribution.ts';
import type { LockedTarball, NpmRegistry } from '../../ports/npm-registry.ts';
import { emptyLock, type LockedInstall, type LockFile, type PackageFacts, readLock, writeLock } from './lock-file.ts';

/** What was found for an install, with the time that nothing in its layer is later than. */
export interface FoundInstall {
  readonly key: string;
  readonly packages: readonly LockedPackage[];
  /** Seconds since 1970: when the newest of the suites was made. */
  readonly epoch: number;
}

export interface LockGround {
  /** Path of `holdfast.lock`. */
  readonly file: string;
  readonly architecture: Architecture;
  readonly distribution: Distribution;
  readonly registry: NpmRegistry;
  readonly signal: AbortSignal;
}

/** How the book is read: what it lacks is looked for, or refused; or all of it is looked for anew. */
export type LockMode = 'complete' | 'frozen' | 'update';

/** One request of packages, in the words of the lock. */
export interface InstallRequest extends Omit<PackageRequest, 'architecture' | 'below'> {
  /** The install below, absent for the base. */
  readonly below?: FoundInstall & { readonly all: readonly LockedPackage[] };
}

/**
 * The lock of a project while it is at work. What it holds is what is used; what it lacks is found in the world, once,
 * and kept when `save` is called.
 */
export class LockBook {
  readonly #ground: LockGround;
  readonly #mode: LockMode;
  readonly #used = new Map<string, Promise<unknown>>();
  #had: Promise<LockFile> | undefined;
  #now: LockFile = emptyLock;

  constructor(ground: LockGround, mode: LockMode = 'complete') {
    this.#ground = ground;
    this.#mode = mode;
  }

  async install(request: InstallRequest): Promise<FoundInstall> {
    const key = keyOf(request, this.#ground.architecture);
    return this.#once(`install ${key}`, async () => {
      const had = await this.#held();
      const kept = had.installs[key];
      if (kept && this.#mode !== 'update') return this.#keep(key, kept, packagesOf(kept, had, this.#ground.file));
      this.#refuseFrozen(key);
      return this.#resolve(key, request, kept);
    });
  }

  /** The version of an npm package that begins with what is named. */
  async tarball(name: string, version: string): Promise<LockedTarball> {
    const key = `${name}@${version}`;
    return this.#once(`tarball ${key}`, async () => {
      const had = await this.#held();
      const kept = had.versions[key];
      const integrity = kept && had.tarballs[`${name}@${kept}`];
      if (kept && integrity && this.#mode !== 'update')
        return this.#keepTarball(key, { name, version: kept, integrity });
      this.#refuseFrozen(key);
      return this.#keepTarball(key, await this.#ground.registry.newest(name, version, this.#ground.signal));
    });
  }

  /** Notes tarballs that a `package-lock.json` names: they are in the lock too, so that it tells the whole. */
  note(tarballs: readonly LockedTarball[]): void {
    const noted = tarballs.map(({ name, version, integrity }) => [`${name}@${version}`, integrity] as const);
    this.#now = { ...this.#now, tarballs: { ...this.#now.tarballs, ...Object.fromEntries(noted) } };
  }

  /** What the file held before, and what it holds with all that was used. */
  async change(): Promise<{ readonly before: LockFile; readonly after: LockFile }> {
    const before = await this.#held();
    // What another environment uses stays, also where all that this one uses is looked for anew.
    return { before, after: merged(before, this.#now) };
  }

  /** Writes the file, where that changes it. */
  async save(): Promise<void> {
    if (this.#mode === 'frozen') return;
    // Another process may have written since it was read.
    const latest = await readLock(this.#ground.file);
    const after = merged(latest, this.#now);
    if (!sameJson(latest, after)) await writeLock(this.#ground.file, after);
  }

  #held(): Promise<LockFile> {
    this.#had ??= readLock(this.#ground.file);
    return this.#had;
  }

  #once<T>(key: string, find: () => Promise<T>): Promise<T> {
    const started = (this.#used.get(key) as Promise<T> | undefined) ?? find();
    this.#used.set(key, started);
    return started;
  }

  async #resolve(key: string, request: InstallRequest, had: LockedInstall | undefined): Promise<FoundInstall> {
    const { below, ...asked } = request;
    const { distribution, architecture, signal } = this.#ground;
    const found = await distribution.resolve({ ...asked, architecture, below: below?.all ?? [] }, signal);
    const names = found.packages.map(nameOf).sort();
    // The same packages in a newer index are the same install: an update that changes nothing changes no bit.
    const suites = had && sameJson(had.packages, names) ? had.suites : found.suites;
    return this.#keep(key, { suites, packages: names }, found.packages);
  }

  #keep(key: string, install: LockedInstall, packages: readonly LockedPackage[]): FoundInstall {
    const facts = packages.map(one => [nameOf(one), factsOf(one)] as const);
    this.#now = {
      ...this.#now,
      installs: { ...this.#now.installs, [key]: install },
      packages: { ...this.#now.packages, ...Object.fromEntries(facts) },
    };
    const epoch = Math.max(0, ...install.suites.map(({ date }) => Math.floor(Date.parse(date) / 1000)));
    return { key, packages: packages.toSorted((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1)), epoch };
  }

  #keepTarball(key: string, tarball: LockedTarball): LockedTarball {
    this.#now = { ...this.#now, versions: { ...this.#now.versions, [key]: tarball.version } };
    this.note([tarball]);
    return tarball;
  }

  #refuseFrozen(key: string): void {
    if (this.#mode !== 'frozen') return;
    throw new Problem({
      what: `holdfast.lock does not hold ${key}`,
      where: this.#ground.file,
      why: 'the recipe asks for it, and with --locked nothing is looked for in the world',
      fix: 'run `holdfast bake` without --locked, and commit holdfast.lock',
      exit: exitCode.wrongUse,
    });
  }
}

const nameOf = ({ name, version, architecture }: LockedPackage): string => `${name} ${version} ${architecture}`;

const factsOf = ({ size, sha256, suite, path, source }: LockedPackage): PackageFacts => ({
  size,
  sha256,
  suite,
  path,
  ...(source !== undefined && { source }),
});

function keyOf({ suite, set, packages, below }: InstallRequest, architecture: Architecture): string {
  const names = packages.length > 0 ? ` ${packages.join(' ')}` : '';
  return below ? `${below.key} +${names}` : `${suite} ${architecture} ${set ?? 'essential'}:${names}`;
}

function packagesOf(install: LockedInstall, { packages }: LockFile, file: string): readonly LockedPackage[] {
  return install.packages.map(key => {
    const facts = packages[key];
    const [name = '', version = '', architecture = ''] = key.split(' ');
    if (facts) return { name, version, architecture, ...facts };
    throw new Problem({
      what: `holdfast.lock names ${key}, and does not say where it is`,
      where: file,
      fix: 'bring the file back from version control, or look for all anew: holdfast bake --update',
      exit: exitCode.wrongUse,
    });
  });
}

/** Packages that no install names any more go. */
function merged(before: LockFile, now: LockFile): LockFile {
  const installs = { ...before.installs, ...now.installs };
  const named = new Set(Object.values(installs).flatMap(({ packages }) => packages));
  const packages = Object.entries({ ...before.packages, ...now.packages }).filter(([key]) => named.has(key));
  return {
    installs,
    packages: Object.fromEntries(packages),
    versions: { ...before.versions, ...now.versions },
    tarballs: { ...before.tarballs, ...now.tarballs },
  };
}
