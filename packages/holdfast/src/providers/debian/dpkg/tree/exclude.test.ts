import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { leftOut } from '../../../../model/recipe/debian.ts';
import { excluding, rulesText } from './exclude.ts';

/** `case` of a shell knows no flags either: it is fnmatch(3) as dpkg calls it. */
function byShell(pairs: readonly (readonly [string, string])[]): readonly boolean[] {
  const script = 'while [ $# -gt 0 ]; do case "$2" in $1) echo 1;; *) echo 0;; esac; shift 2; done';
  const said = execFileSync('sh', ['-c', script, 'sh', ...pairs.flat()], { encoding: 'utf8' });
  return said
    .trim()
    .split('\n')
    .map(line => line === '1');
}

const piece = fc.constantFrom('a', 'b', 'c', '/', '.', '*', '?', '[ab]', '[!a]', '[a-b]', '+', '(', '$', '\\*');
const glob = fc.array(piece, { minLength: 1, maxLength: 8 }).map(pieces => pieces.join(''));
const path = fc
  .array(fc.constantFrom('a', 'b', 'c', '/', '.', '*', '+', '(', '$'), { minLength: 1, maxLength: 8 })
  .map(parts => parts.join(''));

test('a glob takes what fnmatch takes', () => {
  const pairs = fc.sample(fc.tuple(glob, path), 3000);
  const theirs = byShell(pairs);
  const ours = pairs.map(([glob, path]) => excluding([glob])(path));
  expect(pairs.filter((_, at) => ours[at])).toEqual(pairs.filter((_, at) => theirs[at]));
  expect(ours).toContain(true);
});

test.each([
  ['/usr/share/doc/git/copyright', false],
  ['/usr/share/doc/git/changelog.Debian.gz', true],
  ['/usr/share/doc/git/changelog', true],
  ['/usr/share/doc/git/contrib/README', true],
  ['/usr/share/doc/git/RelNotes', true],
  ['/usr/share/doc/git/examples/copyright', true],
  ['/usr/share/doc/git', false],
  ['/usr/share/man/man1', false],
  ['/usr/share/man/man1/git.1.gz', true],
  ['/usr/share/man/de', true],
  ['/usr/share/man/de/man1/git.1.gz', true],
  ['/usr/share/locale/de/LC_MESSAGES/git.mo', true],
  ['/usr/share/info/dir', true],
  ['/usr/share/perl5/Git.pm', false],
] as const)('by default, that %s is left out is %s', (path, is) => {
  expect(excluding(leftOut)(path)).toBe(is);
});

test('the rules of several steps are told to dpkg once', () => {
  expect(rulesText(['/b', '/a'], 'path-exclude=/b\n')).toBe('path-exclude=/a\npath-exclude=/b\n');
});
