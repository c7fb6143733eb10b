/** Stories of bytes on disk that are not what they were: each is told or made anew, and never used. */
import assert from 'node:assert/strict';
import { globSync } from 'node:fs';
import { cp, mkdtemp, open, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type CommandLine, type Project, root, type Telling } from '../../harness.ts';
import { type Baked, bake, complaints, digestsOf } from './baked.ts';
import { exampleProject } from './example.ts';

/** A project with a store of its own, in which one image is baked and sealed. */
export interface Sealed {
  readonly project: Project;
  readonly cli: CommandLine;
  readonly store: string;
  readonly digest: string;
}

/** What is asked for has none but this machine's own closed port to come from. */
const nowhere = { HOLDFAST_DEBIAN_MIRROR: 'http://127.0.0.1:9/debian' };

/** The shop's base, with the example's lock. `--update` was never asked for, so nothing comes from the network. */
export async function sealedBase(telling: Telling): Promise<Sealed> {
  const project = await exampleProject(telling, 'shop');
  const shared = process.env.HOLDFAST_CACHE ?? join(root, '.cache/bake');
  assert.deepEqual(complaints(await bake(project, '--no-seal', 'base')), []);
  const store = await mkdtemp('/var/tmp/holdfast-tampered.');
  telling.after(() => rm(store, { recursive: true, force: true }));
  await copyUsed(shared, store, await layersOf(project));
  const cli = project.given({ HOLDFAST_CACHE: store, ...nowhere });
  const baked = await bake(cli, '--no-twice', 'base');
  assert.deepEqual(complaints(baked), []);
  return { project, cli, store, digest: digestOf(baked) };
}

const digestOf = (baked: Baked): string => digestsOf(baked).base ?? 'none';

async function copyUsed(from: string, to: string, layers: ReadonlySet<string>): Promise<void> {
  for (const part of ['files', 'layers', 'images'])
    await cp(join(from, part), join(to, part), { recursive: true, preserveTimestamps: true });
  for (const digest of layers)
    await cp(join(from, 'blobs/sha256', digest), join(to, 'blobs/sha256', digest), { preserveTimestamps: true });
}

/** One bit in the middle is other; the file is another file with the old one's times, as after a copy of a bad disk. */
export async function flipBit(path: string): Promise<void> {
  const { size } = await stat(path);
  const file = await open(path, 'r+');
  try {
    const byte = Buffer.alloc(1);
    const at = Math.floor(size / 2);
    await file.read(byte, 0, 1, at);
    byte[0] = (byte[0] ?? 0) ^ 1;
    await file.write(byte, 0, 1, at);
  } finally {
    await file.close();
  }
}

/** A changed lock is no lock; nothing is baked of it. */
export async function flippedLock({ project, cli }: Sealed): Promise<void> {
  const path = join(project.folder, 'holdfast.lock');
  const whole = await readFile(path);
  try {
    for (const part of [0.2, 0.5, 0.8]) {
      const bytes = Buffer.from(whole);
      const at = bytes.indexOf('sha256":"', Math.floor(bytes.length * part)) + 20;
      bytes[at] = bytes[at] === 0x61 ? 0x62 : 0x61;
      await writeFile(path, bytes);
      const { code, stderr } = await cli.holdfast('bake', 'base');
      assert.equal(code, 2, stderr);
      assert.match(stderr, /holdfast\.lock is damaged, or was changed by hand/);
      assert.match(stderr, /bring it back from version control/);
      assert.deepEqual(await readFile(path), bytes, 'it is left as it is');
    }
  } finally {
    await writeFile(path, whole);
  }
}

/** Notes of what came of which inputs: a damaged one counts as not there. */
export async function flippedNotes({ cli, store, digest }: Sealed, kind: 'images' | 'layers'): Promise<void> {
  for (const name of await readdir(join(store, kind))) await flipBit(join(store, kind, name));
  await isMadeAnew(cli, digest);
}

/** A layer: verify says which, and the next bake makes the same bits again. */
export async function flippedLayer({ cli, store, digest }: Sealed): Promise<void> {
  const [digestOfOne = ''] = await layersOf(cli);
  const layer = join(store, 'blobs/sha256', digestOfOne);
  await flipBit(layer);
  const { code, stdout } = await cli.holdfast('image', 'verify', 'base', '--json');
  assert.equal(code, 1);
  assert.deepEqual(
    (JSON.parse(stdout) as { damage: { file: string }[] }).damage.map(({ file }) => file),
    [layer],
  );
  await isMadeAnew(cli, digest);
}

async function layersOf(cli: Pick<CommandLine, 'holdfast'>): Promise<ReadonlySet<string>> {
  // Ends with 1 where somebody else sealed what is shared.
  const { stdout } = await cli.holdfast('image', 'show', 'base', '--json');
  const { layers } = JSON.parse(stdout) as { readonly layers: readonly { readonly digest: string }[] };
  return new Set(layers.map(one => one.digest.slice('sha256:'.length)));
}

async function isMadeAnew(cli: CommandLine, digest: string): Promise<void> {
  const baked = await bake(cli, '--no-twice', 'base');
  assert.deepEqual(complaints(baked), []);
  assert.equal(digestOf(baked), digest, 'the same bits');
  const { code, stdout, stderr } = await cli.holdfast('image', 'verify', 'base');
  assert.equal(code, 0, stdout + stderr);
}

/** A record that was signed: each of its files is told, and what it was of must be sealed again. */
export async function flippedSeal({ cli, store, digest }: Sealed, name: 'seal.json' | 'sbom.cdx.json'): Promise<void> {
  const seals = join(store, 'seals', digest.slice('sha256:'.length));
  const [own = ''] = globSync(`*/${name}`, { cwd: seals });
  const path = join(seals, own);
  const whole = await readFile(path);
  await flipBit(path);
  const { code, stdout, stderr } = await cli.holdfast('image', 'verify', 'base', '--json');
  assert.equal(code, 1, stdout + stderr);
  assert.equal((JSON.parse(stdout) as { well: boolean }).well, false);
  const shown = await cli.holdfast('image', 'ls', '--json');
  const { images } = JSON.parse(shown.stdout) as { images: { name: string; seal: string }[] };
  assert.equal(images.find(one => one.name === 'base')?.seal, 'invalid');
  await writeFile(path, whole);
  assert.equal((await cli.holdfast('image', 'verify', 'base')).code, 0);
}

/** A package that was fetched: refused where there is nowhere to fetch it again, by its name. */
export async function flippedPackage({ cli, store, digest, project }: Sealed, mirror: string): Promise<void> {
  const { path, name } = await lockedPackage(project, 'hostname');
  await flipBit(join(store, path));
  for (const folder of ['layers', 'images', 'blobs']) await rm(join(store, folder), { recursive: true });
  const { code, stdout, stderr } = await cli.holdfast('bake', '--no-seal', 'base');
  assert.equal(code, 3, stdout + stderr);
  assert.match(stdout + stderr, new RegExp(name));
  await bake(project.given({ HOLDFAST_CACHE: store, HOLDFAST_DEBIAN_MIRROR: mirror }), '--no-seal', 'base');
  await isMadeAnew(cli, digest);
}

/** Where the store keeps a package that the lock names. */
export async function lockedPackage({ folder }: Pick<Project, 'folder'>, name: string) {
  const { packages } = JSON.parse(await readFile(join(folder, 'holdfast.lock'), 'utf8')) as {
    readonly packages: Readonly<Record<string, { readonly sha256: string; readonly path: string }>>;
  };
  const [, found] = Object.entries(packages).find(([key]) => key.startsWith(`${name} `)) ?? [];
  assert.ok(found, `${name} is in the lock`);
  return { name, path: join('files/sha256', found.sha256.slice(0, 2), found.sha256), pool: found.path };
}
