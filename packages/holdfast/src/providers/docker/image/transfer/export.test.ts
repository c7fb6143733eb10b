import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { packTar } from 'modern-tar';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sha256 } from '../../../../kit/hash.ts';
import { dockerfileInContext } from '../../../../ports/sources.ts';
import { linesOf } from '../../lines.ts';
import { tinyBaked } from '../../testing/tiny-baked.ts';
import { openWorkbench, type Workbench } from '../../testing/workbench.ts';
import { exportImage } from './export.ts';
import { loadImage } from './load.ts';

let bench: Workbench;
let scratch: string;
beforeAll(async () => {
  bench = await openWorkbench('export');
  scratch = await mkdtemp(join(tmpdir(), 'holdfast-export-'));
});
afterAll(async () => {
  await bench[Symbol.asyncDispose]();
  await rm(scratch, { recursive: true });
});

const signal = new AbortController().signal;

async function build(dockerfile: string, tag: string): Promise<void> {
  const context = await packTar([{ header: { name: dockerfileInContext, size: dockerfile.length }, body: dockerfile }]);
  const stream = await bench.host.docker.buildImage(Readable.from([Buffer.from(context)]), {
    t: tag,
    dockerfile: dockerfileInContext,
    labels: { 'holdfast.uid': 'abc', colour: 'blue' },
  });
  for await (const line of linesOf(stream as AsyncIterable<Uint8Array>)) expect(line).not.toContain('"error"');
}

test('what a Dockerfile made is taken out without what tells of this engine, and goes back in', async () => {
  const tag = `${bench.handMade('built')}:1`;
  await build(`FROM ${bench.image}\nENV A=b\nRUN touch /made\nUSER app\n`, tag);
  const { config, layers } = await exportImage(bench.host, tag, scratch, signal);
  expect(config).not.toMatch(/holdfast\.|container|"Hostname"|"Image"|docker_version/);
  expect(JSON.parse(config)).toMatchObject({ config: { User: 'app', Labels: { colour: 'blue' } } });
  expect(layers).toHaveLength(2);
  for (const { digest, file, size } of layers) {
    const bytes = await readFile(file);
    expect([digest, size]).toEqual([`sha256:${sha256(bytes)}`, bytes.length]);
  }
  expect(layers[1]?.by).toContain('touch /made');
  const again = `${bench.handMade('again')}:1`;
  const configDigest = `sha256:${sha256(config)}` as const;
  await loadImage(bench.host, { config, configDigest, layers }, [again], signal);
  expect((await bench.host.docker.getImage(again).inspect()).Id).toBe(configDigest);
  expect((await exportImage(bench.host, again, scratch, signal)).config).toBe(config);
});

test('layers that the engine keeps compressed are taken out as they were before', async () => {
  const image = await tinyBaked(scratch, bench.scope.system, 'compressed');
  const files = [
    ['manifest.json', JSON.stringify([{ Config: 'config.json', Layers: ['blobs/a', 'blobs/b'] }])],
    ['config.json', image.config],
    ['blobs/a', gzipSync(await readFile(image.layers[0]?.file ?? ''))],
    ['blobs/b', gzipSync(await readFile(image.layers[1]?.file ?? ''))],
  ] as const;
  const saved = await packTar(
    files.map(([name, body]) => ({ header: { name, size: Buffer.byteLength(body) }, body: Buffer.from(body) })),
  );
  const docker = Object.create(bench.host.docker, {
    getImage: { value: () => ({ get: async () => Readable.from([Buffer.from(saved)]) }) },
  });
  const { layers } = await exportImage({ ...bench.host, docker }, 'any', scratch, signal);
  expect(layers.map(({ digest, size }) => [digest, size])).toEqual(
    image.layers.map(({ digest, size }) => [digest, size]),
  );
});

test('an image that is not there is told', async () => {
  await expect(exportImage(bench.host, 'nobody/nothing:1', scratch, signal)).rejects.toMatchObject({
    parts: { what: "image nobody/nothing:1 can't be taken out of the engine", why: 'reference does not exist' },
  });
});
