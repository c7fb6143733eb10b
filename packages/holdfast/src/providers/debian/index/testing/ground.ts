import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type IndexRequest, type OpenedIndex, openIndex } from '../open-index.ts';
import { day, type Published, published, type Signer, signer, stanza } from './archive.ts';
import { type Mirror, mirror } from './mirror.ts';
import { plainDownloads } from './plain-downloads.ts';

/** An archive on this machine with its own key, and the means to open its index. */
export interface Ground extends AsyncDisposable {
  readonly mirror: Mirror;
  readonly signer: Signer;
  readonly store: string;
  /** Puts a suite into the archive, signed. */
  publish(what?: Partial<Published>): Promise<void>;
  /** Puts a text in place of the suite's InRelease. */
  serve(inRelease: string): void;
  open(options?: Opening): Promise<OpenedIndex>;
  /** Makes a folder as that of apt, with these sources, and returns its path. */
  apt(sources: string): Promise<string>;
}

export interface Opening {
  readonly now?: number;
  readonly keys?: readonly string[];
  readonly request?: Partial<IndexRequest>;
  readonly aptFolder?: string;
  readonly signal?: AbortSignal;
  /** Milliseconds that a mirror is waited for. */
  readonly patience?: number;
}

export const inRelease = 'debian/dists/bookworm/InRelease';

export async function ground(): Promise<Ground> {
  const [web, own, folder] = [await mirror(), await signer(), await mkdtemp(join(tmpdir(), 'hf-index-'))];
  const store = join(folder, 'store');
  return {
    mirror: web,
    signer: own,
    store,
    async publish(what = {}) {
      const { suite = 'bookworm', packages = stanza('hello', '2.10-3') } = what;
      const { release, files } = published({ ...what, suite, packages });
      const base = `${suite.endsWith('-security') ? 'debian-security' : 'debian'}/dists/${suite}`;
      web.files.set(`${base}/InRelease`, await own.sign(release));
      for (const [path, bytes] of files) web.files.set(`${base}/${path}`, bytes);
    },
    serve: text => void web.files.set(inRelease, text),
    open({ now = day, keys = [own.armored], request, aptFolder, signal = AbortSignal.timeout(20_000), patience } = {}) {
      const from = aptFolder ? { aptFolder } : { env: { HOLDFAST_DEBIAN_MIRROR: web.url } };
      const asked = { suite: 'bookworm', architecture: 'amd64', suites: ['bookworm'], ...request } as const;
      const downloads = plainDownloads(join(folder, 'files'), patience);
      return openIndex(
        { downloads, request: asked, store, env: {}, ...from, clock: () => now, keys: async () => keys },
        signal,
      );
    },
    async apt(sources) {
      const apt = join(folder, 'apt');
      await mkdir(apt, { recursive: true });
      await writeFile(join(apt, 'sources.list'), sources);
      return apt;
    },
    async [Symbol.asyncDispose]() {
      await web[Symbol.asyncDispose]();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** The reason that a person is given. */
export const refusal = async (opening: Promise<unknown>): Promise<string> =>
  opening.then(
    () => 'was taken',
    ({ parts, message }) => [message, parts?.why, ...(parts?.evidence ?? [])].join(': '),
  );
