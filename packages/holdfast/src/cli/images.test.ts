import { existsSync, globSync } from 'node:fs';
import { readFile, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { tinyRoot } from '../providers/docker/testing/tiny-image.ts';
import { readLayout } from '../providers/oci/layout/read-layout.ts';
import { type OutputName, outputs } from './output/outputs.ts';
import { newcomer, run } from './testing/newcomer.ts';

const config = `import { defineConfig, environment } from 'holdfast/config';
export default defineConfig({ environments: { local: environment({ ports: PORTS, subnets: 'SUBNETS' }) } });`;

const system = `import { check, image, network, service, system } from 'holdfast';
export default system('NAME', () => {
  const tiny = image('tiny', { archive: 'tiny.tar' });
  check(tiny, it => { it.file('/bin/busybox').exists(); });
  service('web', { image: tiny, network: network('lan'), command: ['sleep', '3600'], stop: { grace: '1s' } });
});`;

/** One after the other: each goes on from what the one before left. */
describe('images, from the first bake to the last prune', { timeout: 60_000 }, () => {
  let here: Awaited<ReturnType<typeof newcomer>>;
  let today: Buffer;
  beforeAll(async () => {
    today = await tinyRoot('of today');
    here = await newcomer({ 'system.ts': system, 'holdfast.config.ts': config });
  });
  afterAll(() => here?.[Symbol.asyncDispose]());

  const store = (): string => join(here.folder, 'cache');

  /** With a store of its own: one that is shared is not to be pruned. */
  const holdfast = (...args: readonly string[]) =>
    run(args, here.folder, { XDG_STATE_HOME: join(here.folder, '.state'), NO_COLOR: '1', HOLDFAST_CACHE: store() });

  /** The document that a verb writes, checked against the schema that `holdfast schema` prints. */
  async function told<N extends OutputName>(name: N, ...args: readonly string[]) {
    const { code, stdout, stderr } = await holdfast(...args, '--json');
    expect(stderr).toBe('');
    const value = JSON.parse(stdout);
    expect(outputs[name].parse(value)).toEqual(value);
    return { code, ...value };
  }

  test('before the first bake there is nothing, and that is told', async () => {
    expect(await told('image-ls', 'image', 'ls')).toMatchObject({ code: 0, images: [{ name: 'tiny', stored: false }] });
    expect(await holdfast('image', 'show', 'tiny')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('holdfast bake'),
    });
    expect(await holdfast('image', 'show', 'tinny')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('did you mean tiny?'),
    });
  });

  test('what is baked is in the list, shows all of itself, and goes where --to says', async () => {
    const baked = await told('bake', 'bake', '--to', 'oci:out');
    expect(baked).toMatchObject({ code: 0, well: true, brought: [{ image: 'tiny' }] });
    const { digest } = baked.images[0];
    expect((await readLayout(join(here.folder, 'out'), 'tiny', new AbortController().signal)).digest).toBe(digest);
    const { images } = await told('image-ls', 'image');
    expect(images).toMatchObject([{ name: 'tiny', digest, seal: 'sealed', declared: true, stored: true }]);
    const shown = await told('image-show', 'image', 'show', digest.slice(7, 15));
    expect(shown).toMatchObject({ name: 'tiny', digest, seal: { checks: expect.any(Array) } });
    expect(JSON.parse((await holdfast('image', 'show', 'tiny', '--sbom')).stdout).bomFormat).toBe('CycloneDX');
    expect((await holdfast('image', 'show', 'tiny', '--record')).stdout).toBe(
      await readFile(shown.seal.record, 'utf8'),
    );
  });

  test('a release and what comes after it are compared', async () => {
    expect((await holdfast('up', '--yes')).code).toBe(0);
    await writeFile(join(here.folder, 'tiny.tar'), today);
    expect((await holdfast('bake')).code).toBe(0);
    const diff = await told('image-diff', 'image', 'diff', 'tiny@r1', 'tiny');
    expect(diff).toMatchObject({ same: false, packages: [] });
    expect(JSON.stringify(diff.files)).toContain('"/etc/motd","change":"content"');
    const { images } = await told('image-ls', 'image', 'ls');
    expect(images).toMatchObject([
      { declared: true, releases: [] },
      { declared: false, releases: [1] },
    ]);
    expect((await holdfast('image', 'diff', 'tiny@r7', 'tiny')).code).toBe(2);
  });

  test('a bit that was flipped is found, named, and mended by the next bake', async () => {
    expect(await told('image-verify', 'image', 'verify')).toMatchObject({ code: 0, well: true, seals: 2 });
    const { seal } = await told('image-show', 'image', 'show', 'tiny');
    await writeFile(seal.sbom, (await readFile(seal.sbom, 'utf8')).replace('container', 'contained'));
    const found = await told('image-verify', 'image', 'verify', 'tiny');
    expect(found).toMatchObject({ code: 1, well: false, damage: [{ file: seal.sbom, images: ['tiny'] }] });
    expect(await told('image-ls', 'image')).toMatchObject({ images: [{ seal: 'invalid' }, { seal: 'sealed' }] });
    expect((await holdfast('image', 'show', 'tiny')).code).toBe(1);
    await holdfast('bake');
    expect(await told('image-verify', 'image', 'verify')).toMatchObject({ code: 0, well: true });
  });

  test('pruning takes what nobody needs, and neither what is declared nor what a release has', async () => {
    await writeFile(join(here.folder, 'tiny.tar'), await tinyRoot('of tomorrow'));
    expect((await holdfast('bake', '--no-seal')).code).toBe(0);
    await writeFile(join(here.folder, 'tiny.tar'), today);
    // As if nobody had used anything for an hour.
    const hourAgo = Date.now() / 1000 - 3600;
    for (const file of globSync(join(store(), '{blobs,layers,images,seals}/**'))) await utimes(file, hourAgo, hourAgo);
    const dry = await told('image-prune', 'image', 'prune', '--all', '--dry-run');
    expect(dry).toMatchObject({ removed: { layers: 1 }, dryRun: true });
    expect(await told('image-prune', 'image', 'prune', '--all')).toEqual({ ...dry, dryRun: false });
    const { images } = await told('image-ls', 'image', 'ls');
    expect(images).toMatchObject([
      { stored: true, declared: true },
      { stored: true, releases: [1] },
    ]);
    expect(existsSync(join(here.folder, 'out/blobs'))).toBe(true);
    expect(await holdfast('image', 'prune', '--limit', 'much')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('--limit 5GB'),
    });
  });

  test('upstreams says that a deploy of what was baked contacts nobody', async () => {
    const { phases } = await told('upstreams', 'upstreams');
    expect(phases.map(({ phase, rows }: { phase: string; rows: unknown[] }) => [phase, rows])).toEqual([
      ['baking', []],
      ['deploying', []],
      ['starting', []],
    ]);
  });
});
