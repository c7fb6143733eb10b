import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import pLimit from 'p-limit';
import { exitCode, Problem } from '../../../kit/problem.ts';
import type { BakedImage, Digest } from '../../../ports/baked-image.ts';
import type { ImageOutlet } from '../../../ports/image-outlet.ts';
import { checkedTag, mediaTypes } from '../format.ts';
import { dockerLogin, type Login } from './docker-login.ts';
import { isLoopback, openLine } from './line.ts';
import { refusal, type Target } from './refusals.ts';
import { openSession, type Session } from './session.ts';

export interface OciRegistryOptions extends Target {
  /** Whether it speaks http without TLS. Default: only where it is on this machine, as with Docker. */
  readonly plain?: boolean;
  /** Certificates (PEM) that are trusted besides Node's and the system's. */
  readonly ca?: readonly string[];
  /** Default: what `docker login` left. */
  readonly login?: (host: string) => Promise<Login | undefined>;
  /** Hosts that are contacted are added here. */
  readonly contacted?: Set<string>;
  /** Milliseconds between two tries; there is one try more than pauses. */
  readonly pauses?: readonly number[];
}

/**
 * A repository of a registry (OCI distribution-spec 1.1): `put` returns `HOST/REPOSITORY@sha256:…`. Blobs that it has
 * are not sent again.
 */
export function ociRegistry(options: OciRegistryOptions): ImageOutlet {
  const {
    host,
    repository,
    login = dockerLogin,
    ca = [],
    contacted = new Set(),
    pauses = [500, 1_000, 2_000, 4_000],
  } = options;
  const origin = `${(options.plain ?? isLoopback(host.replace(/:\d+$/, ''))) ? 'http' : 'https'}://${host}`;
  const session = openSession({ host, repository, origin, login, line: openLine(ca, contacted) });
  const to: Repository = { host, repository, session, api: `${origin}/v2/${checkedName(repository)}` };
  return {
    async put(image, tag, signal) {
      checkedTag(tag);
      await allOf(blobsOf(image), signal, (blob, either) => again(pauses, either, () => bring(to, blob, either)));
      await again(pauses, signal, () => name(to, image, tag, signal));
      return `${host}/${repository}@${image.digest}`;
    },
  } satisfies ImageOutlet;
}

interface Repository extends Target {
  readonly session: Session;
  /** `https://registry.example/v2/team/shop-web` */
  readonly api: string;
}

interface Blob {
  readonly about: string;
  readonly digest: Digest;
  readonly size: number;
  readonly body: () => Readable | string;
}

/** distribution-spec: lower-case parts with slashes between them. */
function checkedName(repository: string): string {
  const part = '[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*';
  if (new RegExp(`^${part}(/${part})*$`).test(repository)) return repository;
  throw new Problem({
    what: `'${repository}' is no name of a repository`,
    why: 'it has small letters, digits, and between them dots, dashes, underlines and slashes: team/shop-web',
    exit: exitCode.wrongUse,
  });
}

const blobsOf = ({ configDigest, config, layers }: BakedImage): readonly Blob[] => [
  ...layers.map(({ by, digest, size, file }) => ({
    about: `the layer ${by}`,
    digest,
    size,
    body: () => createReadStream(file),
  })),
  { about: 'the configuration', digest: configDigest, size: Buffer.byteLength(config), body: () => config },
];

/** Some at a time. The first that fails stops the rest. */
async function allOf<T>(
  items: readonly T[],
  signal: AbortSignal,
  work: (item: T, signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const failed = new AbortController();
  const either = AbortSignal.any([signal, failed.signal]);
  await pLimit(4).map(items, item => work(item, either).catch(error => failed.abort(error)));
  either.throwIfAborted();
}

async function again(pauses: readonly number[], signal: AbortSignal, work: () => Promise<void>): Promise<void> {
  for (const pause of pauses) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof Problem && error.parts.retry)) throw error;
      await wait(pause, undefined, { signal }).catch(() => signal.throwIfAborted());
    }
  }
  await work();
}

async function bring(to: Repository, { about, digest, size, body }: Blob, signal: AbortSignal): Promise<void> {
  const had = await to.session({ method: 'HEAD', url: `${to.api}/blobs/${digest}` }, signal);
  if (had.status === 200) return;
  const begun = await to.session({ method: 'POST', url: `${to.api}/blobs/uploads/` }, signal);
  const { location } = begun.headers;
  if (begun.status !== 202 || typeof location !== 'string') throw refusal(about, to, begun);
  const place = new URL(location, to.api).href;
  const url = `${place}${place.includes('?') ? '&' : '?'}digest=${encodeURIComponent(digest)}`;
  const headers = { 'content-type': 'application/octet-stream', 'content-length': String(size) };
  const done = await to.session({ method: 'PUT', url, headers, body }, signal);
  if (done.status !== 201) throw refusal(about, to, done);
}

/** The manifest goes last: it is taken only when all that it names is there. */
async function name(to: Repository, { manifest, digest }: BakedImage, tag: string, signal: AbortSignal): Promise<void> {
  const headers = { 'content-type': mediaTypes.manifest };
  const url = `${to.api}/manifests/${tag}`;
  const answer = await to.session({ method: 'PUT', url, headers, body: () => manifest }, signal);
  if (answer.status !== 201) throw refusal('the manifest', to, answer);
  const kept = answer.headers['docker-content-digest'];
  if (kept !== undefined && kept !== digest) throw rewritten(to, digest, String(kept));
}

const rewritten = ({ host, repository }: Target, digest: Digest, kept: string): Problem =>
  new Problem({
    what: 'the registry changed the manifest',
    where: `${host}/${repository}`,
    why: `it keeps it as ${kept} in place of ${digest}`,
    fix: 'push to one that keeps manifests as they are: the digest is what the seal is on',
  });
