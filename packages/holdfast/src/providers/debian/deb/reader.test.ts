import { execFileSync } from 'node:child_process';
import { chmodSync, linkSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import type { Slice, TreeEntry } from '../../../kit/tree.ts';
import { control, ground } from './testing/made.ts';

const { folder, taken, [Symbol.dispose]: clear } = ground();
afterAll(clear);

/** A package as people make them. */
function plant(root: string): void {
  for (const part of ['DEBIAN', 'usr/bin', 'etc/tried', 'var/empty', `usr/share/${'long'.repeat(30)}`])
    mkdirSync(join(root, part), { recursive: true });
  writeFileSync(join(root, 'DEBIAN/control'), control);
  writeFileSync(join(root, 'DEBIAN/conffiles'), '/etc/tried/conf\n');
  writeFileSync(join(root, 'DEBIAN/postinst'), '#!/bin/sh\nexit 0\n', { mode: 0o755 });
  writeFileSync(join(root, 'etc/tried/conf'), 'a = ü\n');
  writeFileSync(join(root, 'usr/bin/tried'), Buffer.alloc(100_000, 'tried '));
  chmodSync(join(root, 'usr/bin/tried'), 0o4755);
  writeFileSync(join(root, `usr/share/${'long'.repeat(30)}/ünicode name`), 'x');
  linkSync(join(root, 'usr/bin/tried'), join(root, 'usr/bin/again'));
  linkSync(join(root, 'usr/bin/tried'), join(root, 'usr/bin/and-again'));
  symlinkSync('/etc/tried/conf', join(root, 'usr/bin/absolute'));
  symlinkSync('../../etc', join(root, 'usr/share/upward'));
}

/** The path of each entry by its size, mode, and the like, as dpkg-deb spells them. */
const spelled = (deb: string): string[] =>
  execFileSync('sh', ['-c', 'dpkg-deb --fsys-tarfile "$0" | tar --numeric-owner -tvf -', deb], {
    encoding: 'utf8',
    env: { LC_ALL: 'C.UTF-8', PATH: process.env.PATH },
  })
    .split('\n')
    .filter(line => line && !line.endsWith(' ./'))
    .map(line => line.replace(/^(\S{10}) (\S+) +(\d+) \S+ \S+ /, '$1 $2 $3 ').replaceAll(/(?<= )\.\//g, ''));

const letters = { file: '-', directory: 'd', symlink: 'l', hardlink: 'h', character: 'c', block: 'b', fifo: 'p' };
const joints = { symlink: ' -> ', hardlink: ' link to ' } as Partial<Record<TreeEntry['type'], string>>;

function spell({ path, type, mode, uid, gid, size, link }: TreeEntry): string {
  const bits = [...'rwxrwxrwx'].map((letter, index) => (mode & (1 << (8 - index)) ? letter : '-'));
  if (mode & 0o4000) bits[2] = 's';
  const slash = type === 'directory' ? '/' : '';
  return `${letters[type]}${bits.join('')} ${uid}/${gid} ${size} ${path}${slash}${joints[type] ?? ''}${link ?? ''}`;
}

describe.each(['xz', 'gzip', 'zstd', 'none'])('a package by dpkg-deb with %s', kind => {
  const [root, deb] = [join(folder, kind), join(folder, `${kind}.deb`)];
  plant(root);
  execFileSync('dpkg-deb', ['--root-owner-group', `-Z${kind}`, '--build', root, deb]);

  test('has the entries and the scripts that dpkg-deb tells', async () => {
    const { package: its, left } = await taken(deb);
    expect(its.entries.map(spell)).toEqual(spelled(deb));
    expect(its.control).toBe(control);
    expect([...its.parts.keys()].sort()).toEqual(['conffiles', 'postinst']);
    expect(Buffer.from(its.parts.get('postinst') ?? '').toString()).toBe('#!/bin/sh\nexit 0\n');
    expect(left).toHaveLength(1);
    const conf = its.entries.find(({ path }) => path === 'etc/tried/conf');
    expect(conf).toMatchObject({ size: 7, content: { file: expect.stringContaining(left[0] ?? 'nothing') } });
    const { file, offset } = (conf as TreeEntry).content as Slice;
    expect(readFileSync(file).toString('utf8', offset, offset + 7)).toBe('a = ü\n');
  });
});
