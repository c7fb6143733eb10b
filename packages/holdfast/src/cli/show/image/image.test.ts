import { describe, expect, test } from 'vitest';
import { type ImageDiffOutput, imageDiffOutput } from '../../output/image/diff.ts';
import { type ImageListOutput, imageListOutput } from '../../output/image/list.ts';
import { type ImagePruneOutput, imagePruneOutput } from '../../output/image/prune.ts';
import { type ImageShowOutput, imageShowOutput } from '../../output/image/show.ts';
import { imageVerifyOutput } from '../../output/image/verify.ts';
import { plain } from '../screen.ts';
import { imageDiffLines } from './diff.ts';
import { imageListLines } from './list.ts';
import { imageShowLines } from './show.ts';
import { imagePruneLines, imageVerifyLines } from './store.ts';

const digest = `sha256:1f0c${'0'.repeat(60)}`;
const now = Date.parse('2026-11-24T12:00:00.000Z');

describe('the list of images', () => {
  const list: ImageListOutput = imageListOutput.parse({
    system: 'shop',
    environment: 'local',
    store: '/cache',
    images: [
      {
        name: 'web',
        digest,
        size: 119_214_080,
        layers: 2,
        baked: '2026-11-24T11:00:00.000Z',
        seal: 'sealed',
        releases: [4, 3],
        declared: true,
        stored: true,
      },
      { name: 'web', digest, seal: 'refused', releases: [1], declared: false, stored: false },
      { name: 'db', seal: 'none', releases: [], declared: true, stored: false },
    ],
    doubts: [{ what: 'holdfast.lock does not hold bookworm' }],
  });
  const lines = imageListLines(list, now, plain, 80);

  test('says of each what it is, where it is used, and whether it counts', () => {
    expect(lines.slice(0, 6)).toEqual([
      'shop · local   2 images',
      '',
      '   image  digest        size                baked   seal     releases',
      '●  web    1f0c00000000  119 MB in 2 layers  1h ago  sealed   r4 r3',
      '○  web    1f0c00000000  not in the store            refused  r1',
      '●  db                   not baked',
    ]);
  });

  test('tells why something is not known', () => {
    expect(lines.at(-1)).toContain('holdfast.lock does not hold bookworm');
  });
});

describe('one image', () => {
  const bare: ImageShowOutput = {
    name: 'web',
    digest,
    inputs: 'ab',
    size: 10_000,
    settings: { env: { A: '1' }, labels: {}, ports: [80], command: ['nginx', '-g'] },
    layers: [{ by: 'packages nginx', digest, size: 10_000 }],
    packages: { deb: 89 },
    setIdFiles: ['/usr/bin/su'],
  };
  const shown = (more: Partial<ImageShowOutput> = {}) =>
    imageShowLines(imageShowOutput.parse({ ...bare, ...more }), plain, 80).join('\n');

  test('shows what it is started with, of what it is made, and that nobody sealed it', () => {
    const text = shown();
    expect(text).toMatch(/user +root/);
    expect(text).toMatch(/command +nginx -g/);
    expect(text).toMatch(/1f0c00000000 +10 kB +packages nginx/);
    expect(text).toMatch(/packages +89 Debian/);
    expect(text).toMatch(/set-id +\/usr\/bin\/su/);
    expect(text).toContain('Not sealed');
  });

  test('shows who sealed it, and what it passed', () => {
    const seal = {
      signer: 'ada@laptop',
      key: 'ff'.repeat(32),
      at: '2026-11-24T11:00:00.000Z',
      checks: [{ sentence: 'port 80 listens', check: 'web', ok: true }],
      contacted: [],
      reproducible: true,
      record: '/seals/seal.json',
      sbom: '/seals/sbom.cdx.json',
    };
    const text = shown({ seal });
    expect(text).toMatch(/signed by +ada@laptop ffffffffffff/);
    expect(text).toMatch(/same bits twice +yes/);
    expect(text).toMatch(/contacted +no host/);
    expect(text).toContain('✓ port 80 listens (web)');
  });

  test('shows why a seal does not hold', () => {
    expect(shown({ problem: { what: 'the seal is damaged', fix: 'run `holdfast bake`' } })).toContain(
      'the seal is damaged',
    );
  });
});

describe('the difference of two images', () => {
  const files = Array.from({ length: 12 }, (_, nth) => ({ path: `/app/${nth}`, change: 'added', from: [], to: [] }));
  const different = {
    from: { asked: 'web@r3', digest },
    to: { asked: 'web', digest: digest.replace('1f0c', '608a') },
    same: false,
    packages: [
      { kind: 'debian', name: 'nginx', from: ['1.22.1-9+deb12u10'], to: ['1.22.1-9+deb12u11'] },
      { kind: 'npm', name: 'zod', from: [], to: ['4.0.0'] },
      { kind: 'debian', name: 'curl', from: ['7.88'], to: [] },
    ],
    settings: [
      { setting: 'user', from: 'root', to: 'app' },
      { setting: 'port 80', to: 'declared' },
    ],
    files: [
      {
        owner: 'folder /app',
        count: { added: 12, removed: 0, content: 0, attributes: 1 },
        files: [{ path: '/app', change: 'attributes', from: ['mode 0755'], to: ['mode 0700'] }, ...files],
      },
    ],
    setId: { added: ['/usr/bin/su'], removed: [] },
    size: { from: 1_000_000, to: 2_000_000 },
  };
  const diff = (more: object = {}): readonly string[] =>
    imageDiffLines(imageDiffOutput.parse({ ...different, ...more }) as ImageDiffOutput, plain);

  test('says it as a person asks: which package, from which version to which', () => {
    expect(diff()).toEqual([
      'web@r3 1f0c00000000 → web 608a00000000',
      '',
      'Packages',
      '  ~  nginx      1.22.1-9+deb12u10 → 1.22.1-9+deb12u11',
      '  +  zod (npm)  4.0.0',
      '  -  curl       7.88',
      '',
      'Settings',
      '  ~  user     root → app',
      '  +  port 80  declared',
      '',
      'Runs as its owner',
      '  + /usr/bin/su',
      '',
      'Files',
      '  folder /app: 12 added, 1 with other attributes',
      '    ~ /app: mode 0755 → mode 0700',
      ...files.slice(0, 7).map(({ path }) => `    + ${path}`),
      '    and 5 more',
      '',
      '1.0 MB → 2.0 MB of files',
    ]);
  });

  test('says that there is none', () => {
    expect(diff({ same: true }).at(-1)).toBe('The same packages, files and settings.');
    expect(diff({ same: true, to: different.from }).at(-1)).toBe('The same image.');
  });
});

describe('the store', () => {
  test('names each damaged file, of which images it is a part, and what to do', () => {
    const found = {
      well: false,
      files: 9,
      bytes: 2e6,
      seals: 1,
      damage: [{ file: '/cache/blobs/ab', why: 'it is missing', images: ['web', 'db'], fix: 'run `holdfast bake`' }],
    };
    expect(imageVerifyLines(imageVerifyOutput.parse(found), plain, 80)).toEqual([
      '✗ 1 file is not as it should be: 9 files and 2.0 MB were read',
      '',
      '  /cache/blobs/ab of web, db',
      '  why  it is missing',
      '  fix  run `holdfast bake`',
    ]);
    expect(imageVerifyLines({ ...found, well: true, damage: [] }, plain, 80)).toEqual([
      '✓ all is whole: 9 files and 2.0 MB were read, 1 seal holds',
    ]);
  });

  const pruned: ImagePruneOutput = imagePruneOutput.parse({
    store: '/cache',
    dryRun: false,
    limit: 10e9,
    removed: { layers: 2, downloads: 1, indexes: 0, seals: 1 },
    freed: 5e6,
    left: 2e6,
  });
  const none = { layers: 0, downloads: 0, indexes: 0, seals: 0 };

  test('what was freed, and what could be', () => {
    expect(imagePruneLines(pruned, 0)).toEqual(['Freed 5.0 MB: 2 layers, 1 download, 1 seal. 2.0 MB are left.']);
    expect(imagePruneLines({ ...pruned, dryRun: true }, 7e6)).toEqual([
      'Would free 5.0 MB: 2 layers, 1 download, 1 seal. 2.0 MB would stay; --all would free 7.0 MB.',
    ]);
  });

  test('why nothing was freed', () => {
    expect(imagePruneLines({ ...pruned, removed: none, freed: 0 }, 1e6)).toEqual([
      'Nothing to free: 2.0 MB in the store, and 10 GB may be; --all would free 1.0 MB.',
    ]);
    expect(imagePruneLines({ ...pruned, removed: none, freed: 0, limit: 0 }, 0)[0]).toContain('all of it needed');
  });
});
