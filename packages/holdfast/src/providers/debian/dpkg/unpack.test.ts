import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type BuiltPackage, build, made, type PackageDraft, read } from './testing/packages.ts';
import { type Shown, shownEntries, shownFolder, treeOf } from './testing/tree.ts';
import { type UnpackOptions, unpack } from './unpack.ts';

const epoch = made - 1000;
const usual = { architecture: 'amd64', exclude: [], epoch } as const;

const alpha: PackageDraft = {
  name: 'alpha',
  fields: { 'Multi-Arch': 'same', Homepage: 'https://example.org/' },
  files: {
    'etc/alpha.conf': 'colour = blue\n',
    'usr/bin/alpha': '#!/bin/sh\n',
    'usr/share/alpha/one': 'content of two names',
    'usr/share/alpha/two': '= usr/share/alpha/one',
    'usr/share/alpha/link': '-> one',
    'usr/share/shared': 'of alpha\n',
    [`usr/share/alpha/${'long'.repeat(40)}`]: 'a long name\n',
    'var/lib/alpha/': '',
  },
  modes: { 'usr/bin/alpha': 0o4755, 'var/lib/alpha': 0o2775 },
  parts: { conffiles: '/etc/alpha.conf\n', shlibs: 'libalpha 1 alpha\n' },
};
const beta: PackageDraft = {
  name: 'beta',
  fields: { Replaces: 'alpha (<< 2)', Depends: 'alpha' },
  files: { 'usr/share/shared': 'of beta\n', 'var/lib/alpha/': '' },
  modes: { 'var/lib/alpha': 0o700 },
};
const gamma: PackageDraft = {
  name: 'gamma',
  architecture: 'all',
  files: { 'bin/gamma': '#!/bin/sh\n', 'lib/gamma/plugin': 'x', 'etc/gamma/empty': '' },
  parts: {
    triggers: '# to be told\ninterest-noawait /usr/share/gamma\ninterest gamma-said\n',
    conffiles: '/etc/gamma/empty\n',
  },
};
const delta: PackageDraft = {
  name: 'delta',
  fields: { Section: 'misc', Priority: 'optional', Source: 'greek (1.0)' },
  files: { 'usr/share/gamma/file': 'no sums are told of this\n', 'usr/share/doc/delta/copyright': 'ours\n' },
  parts: { md5sums: 'none', triggers: 'activate-noawait gamma-said\n' },
};

/** What dpkg itself makes of the packages, in a folder of its own. */
function byDpkg(packages: readonly BuiltPackage[]): Shown {
  const root = mkdtempSync(join(tmpdir(), 'holdfast-dpkg-'));
  for (const path of ['var/lib/dpkg/info', 'var/lib/dpkg/updates', 'var/lib/dpkg/triggers'])
    mkdirSync(join(root, path), { recursive: true });
  for (const name of ['bin', 'sbin', 'lib', 'lib32', 'lib64', 'libx32']) {
    mkdirSync(join(root, 'usr', name), { recursive: true });
    symlinkSync(`usr/${name}`, join(root, name));
  }
  writeFileSync(join(root, 'var/lib/dpkg/status'), '');
  const dpkg = (...args: string[]) =>
    execFileSync('dpkg', [`--root=${root}`, '--force-depends', ...args], { stdio: 'pipe' });
  for (const { file } of packages) dpkg('--unpack', file);
  dpkg('--configure', '-a');
  const shown = shownFolder(root);
  rmSync(root, { recursive: true });
  return shown;
}

/** dpkg keeps these for itself; none of them tells of a package. */
const own =
  /^var\/lib\/dpkg\/(lock|lock-frontend|triggers\/(Lock|Unincorp)|status-old|available|alternatives|parts|diversions|statoverride)$|^var\/log/;
const without = (shown: Shown): Shown => Object.fromEntries(Object.entries(shown).filter(([path]) => !own.test(path)));

async function unpacked(drafts: readonly PackageDraft[], options: Partial<UnpackOptions> = {}) {
  return unpack(await read(drafts.map(build)), { ...usual, ...options });
}

async function treeWith(drafts: readonly PackageDraft[], options: Partial<UnpackOptions> = {}) {
  return treeOf((await unpacked(drafts, options)).entries);
}

describe.skipIf(process.getuid?.() !== 0)('beside dpkg', () => {
  test('the tree and the database are those that dpkg leaves', async () => {
    const packages = [alpha, beta, delta, gamma].map(build);
    const { entries, script } = await unpack(await read(packages), usual);
    expect(script).toBe('');
    expect(without(await shownEntries(entries))).toEqual(without(byDpkg(packages)));
  });
});

describe('unpacking', () => {
  test('no time is later than the epoch', async () => {
    const { entries } = await unpacked([alpha]);
    expect(new Set(entries.map(({ mtime }) => mtime))).toEqual(new Set([epoch]));
  });

  test('of two packages with the same file, neither replacing the other, both are named', async () => {
    const rival = { name: 'rival', files: { 'usr/bin/alpha': 'x' } };
    await expect(unpacked([alpha, rival])).rejects.toThrow(/alpha:amd64 and rival both have \/usr\/bin\/alpha/);
    await expect(unpacked([rival], { below: await treeWith([alpha]) })).rejects.toThrow(/alpha:amd64 and rival/);
  });

  test('a file under an old name of its folder is the same file', async () => {
    const rival = { name: 'rival', files: { 'usr/bin/gamma': 'x' } };
    await expect(unpacked([gamma, rival])).rejects.toThrow(/both have \/usr\/bin\/gamma/);
  });

  test('what replaces a file below takes it from the list of its package', async () => {
    const tree = await treeWith([beta], { below: await treeWith([alpha]) });
    expect(String(await tree.read('usr/share/shared'))).toBe('of beta\n');
    expect(String(await tree.read('var/lib/dpkg/info/alpha:amd64.list'))).not.toContain('/usr/share/shared');
    expect(String(await tree.read('var/lib/dpkg/info/beta.list'))).toContain('/usr/share/shared');
  });

  test('a layer has the folders of its files as they are below', async () => {
    const tree = await treeWith([beta], { below: await treeWith([alpha]) });
    expect(tree.entry('var/lib/alpha')?.mode).toBe(0o2775);
  });

  test('a diversion below is honoured, but by the package that made it', async () => {
    const base = await unpacked([gamma]);
    const diversions = Buffer.from('/usr/bin/alpha\n/usr/bin/alpha.real\nother\n');
    const file = { path: 'var/lib/dpkg/diversions', type: 'file', mode: 0o644, uid: 0, gid: 0, mtime: 0 } as const;
    const below = treeOf([...base.entries, { ...file, size: diversions.length, content: diversions }]);
    const tree = await treeWith([alpha, { name: 'other', files: { 'usr/bin/alpha': 'x' } }], { below });
    expect(String(await tree.read('usr/bin/alpha'))).toBe('x');
    expect(String(await tree.read('usr/bin/alpha.real'))).toBe('#!/bin/sh\n');
    expect(String(await tree.read('var/lib/dpkg/info/alpha:amd64.list'))).toMatch(/^\/usr\/bin\/alpha$/m);
  });

  test('what a preinst diverts is put aside, in the same set and below', async () => {
    const line = 'dpkg-divert --package other --rename --divert /usr/bin/alpha.real --add /usr/bin/alpha';
    const other = { name: 'other', files: { 'usr/bin/alpha': 'x' }, parts: { preinst: `#!/bin/sh\n  ${line}\n` } };
    const trees = [await treeWith([alpha, other]), await treeWith([other], { below: await treeWith([alpha]) })];
    for (const tree of trees) {
      expect(String(await tree.read('usr/bin/alpha'))).toBe('x');
      expect(String(await tree.read('usr/bin/alpha.real'))).toBe('#!/bin/sh\n');
      expect(tree.entry('usr/bin/alpha.real')?.mode).toBe(0o4755);
      expect(String(await tree.read('var/lib/dpkg/diversions'))).toBe('/usr/bin/alpha\n/usr/bin/alpha.real\nother\n');
    }
  });

  test('a conffile that somebody put there stays theirs', async () => {
    const base = await unpacked([gamma]);
    const content = Buffer.from('colour = red\n');
    const mine = {
      path: 'etc/alpha.conf',
      type: 'file',
      mode: 0o600,
      uid: 0,
      gid: 0,
      mtime: 0,
      size: 13,
      content,
    } as const;
    const tree = await treeWith([alpha], { below: treeOf([...base.entries, mine]) });
    expect(tree.entry('etc/alpha.conf')).toBeUndefined();
    expect(String(await tree.read('var/lib/dpkg/status'))).toContain(
      ' /etc/alpha.conf 574300fe5389efbcc79e0aa5649b25ef',
    );
  });

  test('triggers of packages below are fired by files and by name, and then dpkg has to run', async () => {
    const { script, entries } = await unpacked([delta], { below: await treeWith([gamma]) });
    const tree = treeOf(entries);
    expect(String(await tree.read('var/lib/dpkg/triggers/Unincorp'))).toBe('/usr/share/gamma -\ngamma-said -\n');
    expect(script).toContain('dpkg --configure -a');
    expect(String(await tree.read('var/lib/dpkg/status'))).toMatch(/Package: delta\nStatus: install ok unpacked\n/);
  });

  test('what is left out is neither there nor in lists and sums, and dpkg inside goes on leaving it out', async () => {
    const extra = {
      name: 'extra',
      files: { 'usr/share/man/man1/extra.1': 'x', 'usr/share/kept': '= usr/share/man/man1/extra.1' },
    };
    const tree = await treeWith([extra], { exclude: ['/usr/share/man/*/*'] });
    expect(tree.entry('usr/share/man/man1')).toMatchObject({ type: 'directory' });
    expect(tree.entry('usr/share/man/man1/extra.1')).toBeUndefined();
    expect(String(await tree.read('usr/share/kept'))).toBe('x');
    expect(String(await tree.read('var/lib/dpkg/info/extra.list'))).not.toContain('extra.1');
    expect(String(await tree.read('var/lib/dpkg/info/extra.md5sums'))).not.toContain('extra.1');
    expect(String(await tree.read('etc/dpkg/dpkg.cfg.d/holdfast'))).toBe('path-exclude=/usr/share/man/*/*\n');
  });

  test('the order in which packages come makes no difference', async () => {
    const [one, other] = await Promise.all([unpacked([alpha, beta, gamma]), unpacked([gamma, beta, alpha])]);
    expect(await shownEntries(one.entries)).toEqual(await shownEntries(other.entries));
  });
});
