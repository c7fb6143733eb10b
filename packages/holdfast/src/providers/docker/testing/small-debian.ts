import { execFileSync } from 'node:child_process';
import { readFileSync, realpathSync } from 'node:fs';
import type { TreeEntry } from '../../../kit/tree.ts';

const programs = [
  'sh',
  'find',
  'tar',
  'cat',
  'ls',
  'ln',
  'rm',
  'mv',
  'chmod',
  'chown',
  'mkdir',
  'mkfifo',
  'mknod',
  'stat',
  'touch',
  'sleep',
  'timeout',
  'id',
  'env',
  'seq',
  'bash',
];

/** A file system with the tools of this machine, which is a Debian: shell, find, tar and some more, with their libraries. */
export function smallDebian(more: readonly string[] = []): readonly TreeEntry[] {
  const found = [...programs, ...more].map(name => [name, realpathSync(whereIs(name))] as const);
  const libraries = new Set(found.flatMap(([, path]) => librariesOf(path)));
  return [
    ...['etc', 'root', 'srv', 'tmp', 'usr', 'usr/bin', 'var'].map(folder),
    ...foldersOf(libraries).map(folder),
    link('bin', 'usr/bin'),
    ...found.map(([name, path]) => file(`usr/bin/${name}`, readFileSync(path), 0o755)),
    ...[...libraries].map(path => file(path.slice(1), readFileSync(path), 0o755)),
    file('etc/passwd', Buffer.from('root:x:0:0:root:/root:/bin/sh\napp:x:1000:1000:app:/srv:/bin/sh\n')),
    file('etc/group', Buffer.from('root:x:0:\napp:x:1000:\n')),
  ];
}

const whereIs = (name: string): string => execFileSync('sh', ['-c', `command -v ${name}`], { encoding: 'utf8' }).trim();

const librariesOf = (path: string): readonly string[] =>
  [...execFileSync('ldd', [path], { encoding: 'utf8' }).matchAll(/(\/\S+) \(0x/g)].map(([, library]) => library ?? '');

function foldersOf(paths: ReadonlySet<string>): readonly string[] {
  const all = [...paths].flatMap(path => {
    const parts = path.slice(1).split('/').slice(0, -1);
    return parts.map((_, index) => parts.slice(0, index + 1).join('/'));
  });
  return [...new Set(all)].filter(path => path !== 'usr');
}

const plain = { mode: 0o644, uid: 0, gid: 0, mtime: 1_700_000_000, size: 0 } as const;

export const folder = (path: string): TreeEntry => ({ ...plain, path, type: 'directory', mode: 0o755 });
export const link = (path: string, to: string): TreeEntry => ({
  ...plain,
  path,
  type: 'symlink',
  mode: 0o777,
  link: to,
});
export const file = (path: string, content: Uint8Array, mode = 0o644): TreeEntry => ({
  ...plain,
  path,
  type: 'file',
  mode,
  size: content.length,
  ...(content.length > 0 && { content }),
});
