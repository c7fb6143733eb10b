import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, describe, expect, test } from 'vitest';
import { sha256 } from '../../../kit/hash.ts';
import { mirrorsOf, urlsFor } from '../mirrors/mirrors.ts';
import { openIndex, suitesOf } from './open-index.ts';
import type { PackageRecord } from './package-record.ts';
import { readRelease } from './release/release.ts';
import { stanzaTable } from './stanza-table.ts';
import { plainDownloads } from './testing/plain-downloads.ts';

/**
 * Asks the archive that this machine's apt asks, since nothing of our making has what Debian's has: its keys, three
 * signatures of which not all are known, 60,000 packages. What apt itself fetched is the oracle.
 */
const release = (await readFile('/etc/os-release', 'utf8').catch(() => '')).match(
  /^VERSION_CODENAME=(bookworm|trixie)$/m,
)?.[1];
const suites = suitesOf(release ?? 'none');
const isServed = await Promise.all(suites.map(suite => mirrorsOf(suite, { env: {} }))).then(
  () => true,
  () => false,
);
const folder = await mkdtemp(join(tmpdir(), 'hf-real-index-'));
afterAll(() => rm(folder, { recursive: true }));

const inMain = (suite: string): string => `dists_${suite}_main_binary-amd64_Packages`;
const lists = '/var/lib/apt/lists';
const listed = (await readdir(lists).catch(() => [])).map(name => join(lists, name));

/** The stanzas that apt has of a suite, when it has those of this very index; apt keeps them packed in ways of its own. */
async function stanzasOfApt(suite: string, digest: string): Promise<readonly string[] | undefined> {
  const inRelease = listed.find(path => path.endsWith(`dists_${suite}_InRelease`));
  const packages = listed.find(path => path.includes(inMain(suite)));
  if (!inRelease || !packages || sha256(await readFile(inRelease)) !== digest) return undefined;
  const cat = promisify(execFile)('/usr/lib/apt/apt-helper', ['cat-file', packages], { maxBuffer: 200_000_000 });
  return (await cat).stdout.split(/\n\n+/).filter(Boolean);
}

describe.skipIf(!release || !isServed || process.arch !== 'x64')("the index of this machine's release", async () => {
  const signal = AbortSignal.timeout(50_000);
  const downloads = plainDownloads(join(folder, 'files'), 40_000);

  /** A mirror may be one that is kept as it was on a day. */
  async function day(): Promise<number> {
    const dates = suites.map(async suite => {
      const urls = await urlsFor(suite, `dists/${suite}/InRelease`, { env: {} });
      const bytes = await downloads.document({ about: suite, urls, limit: 1e6 }, signal);
      return readRelease(
        Buffer.from(bytes)
          .toString()
          .replace(/^-.*\n(Hash:.*\n)*\n/, ''),
        suite,
      ).date;
    });
    return Math.max(...(await Promise.all(dates)));
  }

  test('is signed by Debian’s keys, and has what apt has', async ({ skip }) => {
    const [now, request] = [await day(), { suite: release ?? '', architecture: 'amd64' } as const];
    const { index, suites } = await openIndex(
      { downloads, request, store: join(folder, 'store'), env: {}, clock: () => now },
      signal,
    );
    expect(index.inSet('minbase').map(record => record.name)).toEqual(
      expect.arrayContaining(['apt', 'base-files', 'bash', 'dpkg', 'libc-bin', 'perl-base']),
    );
    expect(index.providersOf('awk').map(record => record.name)).toEqual(expect.arrayContaining(['gawk', 'mawk']));

    const ofApt = await Promise.all(suites.map(({ suite, sha256 }) => stanzasOfApt(suite, sha256)));
    if (!ofApt.some(Boolean)) return skip('apt’s own lists are of another day');
    for (const [at, stanzas] of ofApt.entries()) {
      if (!stanzas) continue;
      const suite = suites[at]?.suite ?? '';
      const kept = await readFile(join(folder, 'store/debian/packages', `${suite}_main_amd64`));
      expect(
        stanzaTable([{ suite, bytes: kept }])
          .lines('Package: ')
          .toArray(),
      ).toHaveLength(stanzas.length);
      const some = stanzas.filter((_, which) => which % 20 === 0);
      expect(some.filter(stanza => !index.named(field(stanza, 'Package')).some(is(stanza, suite)))).toEqual([]);
    }
  });
});

const field = (stanza: string, name: string): string => new RegExp(`^${name}: (.*)$`, 'm').exec(stanza)?.[1] ?? '';

const is = (stanza: string, suite: string) => (record: PackageRecord) =>
  record.suite === suite &&
  record.version === field(stanza, 'Version') &&
  record.sha256 === field(stanza, 'SHA256') &&
  record.path === field(stanza, 'Filename') &&
  record.depends === field(stanza, 'Depends') &&
  record.provides === field(stanza, 'Provides') &&
  record.multiArch === field(stanza, 'Multi-Arch');
