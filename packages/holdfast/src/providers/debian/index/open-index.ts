import { join } from 'node:path';
import { type Clock, systemClock } from '../../../kit/clock.ts';
import type { Architecture, LockedSuite } from '../../../ports/distribution.ts';
import type { Downloads } from '../../../ports/downloads.ts';
import { decompressor } from '../deb/decompress.ts';
import type { Decompress } from '../deb/packed.ts';
import { debianKeys, type Keys } from '../keys/debian-keys.ts';
import type { MirrorChoice } from '../mirrors/mirrors.ts';
import { packageIndex } from './package-index.ts';
import type { PackageIndex } from './package-record.ts';
import { packagesFile } from './packages-file.ts';
import { type SignedSuite, signedSuite } from './release/signed-suite.ts';
import type { PackagesPart } from './stanza-table.ts';
import { unpackedFiles } from './unpacked-files.ts';

export interface IndexRequest {
  /** `'bookworm'`. */
  readonly suite: string;
  readonly architecture: Architecture;
  readonly mirror?: string;
  /** Default: `['main']`. */
  readonly components?: readonly string[];
  /** Default: the suite, its updates and its security suite. Each must be there. */
  readonly suites?: readonly string[];
}

export interface IndexOptions extends Pick<MirrorChoice, 'env' | 'aptFolder'> {
  readonly downloads: Downloads;
  readonly request: IndexRequest;
  /** Folder of the store. In `debian/` the dates that were seen are kept, and Packages files as they are unpacked. */
  readonly store: string;
  readonly clock?: Clock;
  readonly keys?: Keys;
  readonly decompress?: Decompress;
}

export interface OpenedIndex {
  readonly index: PackageIndex;
  /** In the order in which they were asked for. */
  readonly suites: readonly LockedSuite[];
  /** Where a file of one of the suites may be had: the mirror that served the suite's index first. */
  urlsOf(file: { readonly suite: string; readonly path: string }): readonly string[];
}

export const suitesOf = (suite: string): readonly string[] => [suite, `${suite}-updates`, `${suite}-security`];

/**
 * What Debian offers in a suite for an architecture: fetched, verified by Debian's keys, and ready to be asked. Throws a
 * Problem for what can't be had (exit 3) and for what is not to be trusted (exit 1).
 */
export async function openIndex(options: IndexOptions, signal: AbortSignal): Promise<OpenedIndex> {
  const { request, downloads, store, decompress = decompressor() } = options;
  const { suite, suites = suitesOf(suite), components = ['main'], architecture } = request;
  const ground = { downloads, decompress, unpacked: unpackedFiles(join(store, 'debian', 'packages')) };
  const opened = await together(suites, signal, async (name, signal) => {
    const signed = await verified(name, options, signal);
    const parts = await together(components, signal, async (component, signal): Promise<PackagesPart> => {
      return { suite: name, bytes: await packagesFile(signed, component, architecture, ground, signal) };
    });
    return { signed, parts };
  });
  const signed = opened.map(one => one.signed);
  return {
    index: packageIndex(opened.flatMap(({ parts }) => parts)),
    suites: signed.map(({ locked }) => locked),
    urlsOf: ({ suite, path }) => mirrorsIn(signed, suite).map(mirror => `${mirror}/${path}`),
  };
}

const verified = (suite: string, options: IndexOptions, signal: AbortSignal): Promise<SignedSuite> => {
  const { request, clock = systemClock, keys = debianKeys } = options;
  const mirror = request.mirror && { mirror: request.mirror };
  return signedSuite(suite, { ...options, clock, keys, ...mirror }, signal);
};

const mirrorsIn = (suites: readonly SignedSuite[], suite: string): readonly string[] =>
  suites.find(({ locked }) => locked.suite === suite)?.mirrors ?? [];

/** All at once; the first that fails stops the others, and none goes on when this returns. */
async function together<T, R>(
  items: readonly T[],
  signal: AbortSignal,
  work: (item: T, signal: AbortSignal) => Promise<R>,
): Promise<readonly R[]> {
  const failure = new AbortController();
  const either = AbortSignal.any([signal, failure.signal]);
  const all = items.map(async item => {
    try {
      return await work(item, either);
    } catch (error) {
      failure.abort(error);
      throw error;
    }
  });
  await Promise.allSettled(all);
  signal.throwIfAborted();
  if (failure.signal.aborted) throw failure.signal.reason;
  return Promise.all(all);
}
