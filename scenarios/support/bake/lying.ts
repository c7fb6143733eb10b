/** Stories of a mirror that lies or breaks while an index, or a package, is fetched: refused or survived, with a word. */
import assert from 'node:assert/strict';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { signer } from '../../../packages/holdfast/src/providers/debian/index/testing/archive.ts';
import type { Ended } from '../run.ts';
import { bake, complaints } from './baked.ts';
import { programOf } from './explained.ts';
import type { Mirror, Misbehaviour } from './mirror.ts';
import { lockedPackage, type Sealed } from './tampering.ts';

/** The text without its signature. */
const bare = (signed: Buffer): string => {
  const [, text = ''] =
    /^-----BEGIN PGP SIGNED MESSAGE-----\n(?:Hash: .*\n)*\n([\s\S]*?)\n-----BEGIN/.exec(String(signed)) ?? [];
  return text;
};

/** What may come in place of an index, and what a person is told. */
export const lies: Readonly<Record<string, readonly [path: RegExp, how: Misbehaviour, word: RegExp, exit: number]>> = {
  'is not signed': [/bookworm\/InRelease/, async (answer, truth) => void answer.end(bare(await truth())), /sign/i, 1],
  'is signed by another key': [
    /bookworm\/InRelease/,
    async (answer, truth) => void answer.end(await (await signer()).sign(bare(await truth()), Date.now() - 60_000)),
    /none of its signatures is by a key of Debian/,
    1,
  ],
  'was changed after it was signed': [
    /bookworm\/InRelease/,
    async (answer, truth) => void answer.end(String(await truth()).replace('Codename: bookworm', 'Codename: bookwurm')),
    /changed after it was signed/,
    1,
  ],
  'is of another suite': [
    /bookworm-updates\/InRelease/,
    answer => void answer.writeHead(302, { location: '/debian/dists/bookworm/InRelease' }).end(),
    /bookworm/,
    1,
  ],
};

/** `--update` asks the mirror for its index; the lock and what was fetched stay as they are. */
export async function isRefused(
  { project, store }: Sealed,
  mirror: Mirror,
  lie: string,
  say: (line: string) => void,
): Promise<void> {
  const [path, how, word, exit] = lies[lie] ?? [];
  assert.ok(path && how && word);
  const lock = await readFile(join(project.folder, 'holdfast.lock'));
  mirror.misbehave(path, how);
  try {
    const ended = await update(project, store, mirror);
    assert.equal(ended.code, exit, ended.stderr + ended.stdout);
    assert.match(ended.stderr + ended.stdout, word);
    say(/why +(.*)/.exec(ended.stderr + ended.stdout)?.[1] ?? '');
    assert.deepEqual(await readFile(join(project.folder, 'holdfast.lock')), lock, 'nothing is lost');
  } finally {
    mirror.behave();
  }
}

const update = (project: Sealed['project'], store: string, mirror: Mirror): Promise<Ended> =>
  project
    .given({ HOLDFAST_CACHE: store, HOLDFAST_DEBIAN_MIRROR: mirror.url })
    .holdfast('bake', '--update', '--no-seal', 'base');

/** The true index, seen by a clock that is forty days on: what a mirror says that withholds updates for so long. */
export async function staleIsRefused({ project, store }: Sealed, mirror: Mirror): Promise<void> {
  programOf('faketime', 'faketime');
  const library = '/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1';
  const clock = { LD_PRELOAD: library, FAKETIME: '+40d', DONT_FAKE_MONOTONIC: '1', NO_FAKE_STAT: '1' };
  const env = { ...clock, HOLDFAST_CACHE: store, HOLDFAST_DEBIAN_MIRROR: mirror.url };
  const { code, stdout, stderr } = await project.given(env).holdfast('bake', '--update', '--no-seal', 'base');
  assert.equal(code, 1, stdout + stderr);
  assert.match(stdout + stderr, /it was valid until/);
}

/** A list of packages that is not the one which the index names; fetched into an empty store, where none is kept. */
export async function swappedPackages(ground: Sealed, mirror: Mirror, say: (line: string) => void): Promise<void> {
  mirror.misbehave(/binary-amd64/, async (answer, truth) => {
    const bytes = Buffer.from(await truth());
    bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1;
    answer.end(bytes);
  });
  try {
    const { code, stdout, stderr } = await update(ground.project, join(ground.store, 'empty'), mirror);
    assert.equal(code, 3, stdout + stderr);
    assert.match(stdout + stderr, /packages of bookworm/);
    say(/why +(.*)/.exec(stdout + stderr)?.[1] ?? '');
  } finally {
    mirror.behave();
  }
}

/** How a package may come that comes whole in the end, or not. */
export const breaks: Readonly<Record<string, readonly [how: Misbehaviour, times: number, survived: boolean]>> = {
  'half of it comes, twice': [
    async (answer, truth) => {
      const bytes = await truth();
      answer.writeHead(200, { 'content-length': bytes.length });
      answer.write(bytes.subarray(0, bytes.length / 2), () => answer.destroy());
    },
    2,
    true,
  ],
  'it is elsewhere': [answer => void answer.writeHead(302, { location: `${answer.req.url}?there` }).end(), 1, true],
  'it is always elsewhere': [
    answer => void answer.writeHead(302, { location: `${answer.req.url}?` }).end(),
    Number.POSITIVE_INFINITY,
    false,
  ],
  'the answer is 500, four times': [answer => void answer.writeHead(500).end(), 4, true],
  'the answer is 500, five times': [answer => void answer.writeHead(500).end(), Number.POSITIVE_INFINITY, false],
  'other bytes come': [
    async (answer, truth) => void answer.end(Buffer.from(await truth()).fill(0, 100, 101)),
    Number.POSITIVE_INFINITY,
    false,
  ],
  'it hangs once': [() => {}, 1, true],
};

/** A package is gone from what was fetched, and comes so. */
export async function comes({ project, store }: Sealed, mirror: Mirror, so: string, say: (line: string) => void) {
  const [how, times, survived] = breaks[so] ?? [];
  assert.ok(how && times);
  const { path, pool } = await lockedPackage(project, 'hostname');
  await rm(join(store, path), { force: true });
  for (const folder of ['layers', 'images', 'blobs']) await rm(join(store, folder), { recursive: true, force: true });
  mirror.misbehave(new RegExp(`${escaped(pool)}`), how, times);
  try {
    const cli = project.given({ HOLDFAST_CACHE: store, HOLDFAST_DEBIAN_MIRROR: mirror.url });
    const baked = await bake(cli, '--no-seal', 'base');
    if (survived) assert.deepEqual(complaints(baked), []);
    else assert.match(complaints(baked).join('\n'), /^base: hostname .* can't be fetched/);
    for (const line of complaints(baked)) say(line);
  } finally {
    mirror.behave();
  }
}

const escaped = (text: string): string => text.replaceAll(/[.+]/g, '\\$&');
