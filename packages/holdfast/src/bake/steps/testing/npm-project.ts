import { execFile } from 'node:child_process';
import { hash } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { tarOf } from '../../../kit/tar/write.ts';
import type { TreeEntry } from '../../../kit/tree.ts';
import { made } from '../entries.ts';

/** A package as it was published. */
export interface Published {
  readonly name: string;
  readonly version: string;
  readonly [field: string]: unknown;
}

/** Path in the package → content, or an entry of the tar as it stands. */
export type Files = Readonly<Record<string, string | Omit<TreeEntry, 'path'>>>;

interface Release {
  readonly manifest: Published;
  readonly tarball: Uint8Array;
}

/** A registry of packages of our own making, and a project that real npm has installed from it. */
export interface NpmGround extends AsyncDisposable {
  /** Folder of the project. */
  readonly folder: string;
  /** npm's settings: its registry and its cache. */
  readonly env: Readonly<Record<string, string>>;
  readonly cache: string;
  /** Gives its integrity. */
  publish(manifest: Published, files?: Files): Promise<string>;
  write(files: Readonly<Record<string, unknown>>): Promise<void>;
  /** Writes `package-lock.json` as `npm install` does. */
  lock(...options: readonly string[]): Promise<void>;
}

export async function npmGround(): Promise<NpmGround> {
  const root = await mkdtemp(join(tmpdir(), 'hf-npm-'));
  const folder = join(root, 'project');
  const releases: Release[] = [];
  const server = await listening(releases);
  const cache = join(root, 'cache');
  const env = { npm_config_registry: urlOf(server), npm_config_cache: cache, npm_config_before: '', HOME: root };
  return {
    folder,
    env,
    cache,
    async publish(manifest, files = {}) {
      const release = { manifest, tarball: await pack({ 'package.json': JSON.stringify(manifest), ...files }) };
      releases.push(release);
      return integrityOf(release);
    },
    write: files => written(folder, files),
    async lock(...options) {
      const flags = ['--package-lock-only', '--ignore-scripts', '--no-audit', '--no-fund', '--no-update-notifier'];
      await promisify(execFile)('npm', ['install', ...flags, ...options], {
        cwd: folder,
        env: { ...process.env, ...env },
      });
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise(resolve => server.close(resolve));
      await rm(root, { recursive: true });
    },
  };
}

async function written(folder: string, files: Readonly<Record<string, unknown>>): Promise<void> {
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), typeof content === 'string' ? content : JSON.stringify(content));
  }
}

/** A gzipped tar as `npm publish` sends it, with whatever is given. */
export async function pack(files: Files): Promise<Uint8Array> {
  const entries = Object.entries(files).map(([path, file]) => entryOf(`package/${path}`, file));
  return gzipSync(Buffer.concat(await Array.fromAsync(tarOf(entries))));
}

function entryOf(path: string, file: string | Omit<TreeEntry, 'path'>): TreeEntry {
  if (typeof file !== 'string') return { ...file, path };
  const content = Buffer.from(file);
  return made.file(path, 0o644, content, content.length, 0);
}

async function listening(releases: readonly Release[]): Promise<Server> {
  const server = createServer((request, response) => {
    const path = decodeURIComponent(request.url ?? '').slice(1);
    const tarball = releases.find(release => tarballPath(release) === path)?.tarball;
    const versions = releases.filter(({ manifest }) => manifest.name === path);
    if (!tarball && versions.length === 0) response.writeHead(404);
    response.end(tarball ?? JSON.stringify(packument(path, versions, urlOf(server))));
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return server;
}

const urlOf = (server: Server): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;

const integrityOf = ({ tarball }: Release): string => `sha512-${hash('sha512', tarball, 'base64')}`;

const tarballPath = ({ manifest: { name, version } }: Release): string =>
  `${name}/-/${name.replace(/^.*\//, '')}-${version}.tgz`;

const packument = (name: string, releases: readonly Release[], url: string) => ({
  name,
  'dist-tags': { latest: releases.at(-1)?.manifest.version },
  versions: Object.fromEntries(
    releases.map(release => [
      release.manifest.version,
      {
        ...release.manifest,
        dist: {
          tarball: url + tarballPath(release),
          integrity: integrityOf(release),
        },
      },
    ]),
  ),
});
