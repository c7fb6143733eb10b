import { expect, test } from 'vitest';
import { type BakeOutput, bakeOutput } from '../output/bake.ts';
import { bakeLines } from './bake.ts';
import { plain } from './screen.ts';

const web: BakeOutput['images'][number] = {
  name: 'web',
  inputs: 'ab',
  digest: `sha256:1f0c${'0'.repeat(60)}`,
  size: 119_214_080,
  layers: 2,
  kept: false,
  milliseconds: 4_200,
  contacted: [],
};

const lines = (told: Partial<BakeOutput>): readonly string[] =>
  bakeLines(bakeOutput.parse({ well: true, images: [], failed: [], brought: [], lock: [], ...told }), plain, 80);

test('each image is a line: what it is, how long it took, whether it counts', () => {
  const sealed = { ...web, seal: 'sealed', checks: 6, reproducible: true } as const;
  expect(lines({ images: [sealed] })).toEqual([
    '✓  web  1f0c00000000  119 MB in 2 layers  baked in 4.2s  sealed: 6 checks, the same bits twice',
  ]);
  expect(lines({ images: [{ ...web, kept: true }] })[0]).toMatch(/was there +not sealed$/);
});

test('what was refused says why', () => {
  expect(lines({ images: [{ ...web, seal: 'refused', failed: ['port 80 listens'] }] })).toEqual([
    expect.stringMatching(/^✗ .*refused$/),
    '  web: port 80 listens',
  ]);
});

test('what changed in the lock comes first, with versions', () => {
  const lock = [
    { name: 'nginx', before: ['1.22.1-9+deb12u10'], after: ['1.22.1-9+deb12u11'] },
    { name: 'curl', before: [], after: ['7.88'] },
    { name: 'zlib', before: ['1.2'], after: [] },
  ];
  expect(lines({ lock })).toEqual([
    'holdfast.lock',
    '  ~  nginx  1.22.1-9+deb12u10 → 1.22.1-9+deb12u11',
    '  +  curl   7.88',
    '  -  zlib   1.2',
    '',
  ]);
});

test('what names an image elsewhere is told, and what could not be baked or brought', () => {
  const told = lines({
    failed: [{ name: 'db', problem: { what: 'no mirror answers' } }],
    brought: [
      { image: 'web', as: 'oci:/out:web' },
      { image: 'web', problem: { what: 'the registry can’t be reached', fix: 'see whether it runs' } },
    ],
  });
  expect(told).toEqual([
    '   oci:/out:web',
    '',
    '✗ db',
    'error  no mirror answers',
    '',
    '✗ web',
    'error  the registry can’t be reached',
    '  fix  see whether it runs',
  ]);
});
