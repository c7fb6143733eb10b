import { expect, test } from 'vitest';
import type { TreeEntry } from '../../kit/tree.ts';
import type { ImageTree } from '../../ports/image-tree.ts';
import { over } from './make-layer.ts';
import { placed } from './placed.ts';

const entry = (path: string, more: Partial<TreeEntry> = {}): TreeEntry => ({
  path,
  type: 'file',
  mode: 0o644,
  uid: 0,
  gid: 0,
  mtime: 0,
  size: 0,
  ...more,
});
const below: ImageTree = {
  entry: path => (path.startsWith('below') ? entry(path) : undefined),
  read: async () => undefined,
  entries: () => [],
};
const paths = (change: ReturnType<typeof over>) => change.entries.map(({ path }) => path).sort();

test('what work removes of what was put there is simply not there', () => {
  const change = over([entry('tmp/x'), entry('kept')], { entries: [], removed: ['tmp'] }, below);
  expect(paths(change)).toEqual(['kept']);
  expect(change.removed).toEqual([]);
});

test('what is below too, and was put there once more, does not come back', () => {
  const change = over([entry('below/x')], { entries: [], removed: ['below/x'] }, below);
  expect(paths(change)).toEqual([]);
  expect(change.removed).toEqual(['below/x']);
});

test('a folder that became something else has nothing of what was in it', () => {
  const fresh = [entry('below/d', { type: 'directory' }), entry('below/d/f')];
  const change = over(
    fresh,
    { entries: [entry('below/d', { type: 'symlink', link: 'e' })], removed: ['below/d/f'] },
    below,
  );
  expect(paths(change)).toEqual(['below/d']);
  expect(change.removed).toEqual(['below/d/f']);
});

test('a file in place of a folder is refused', () => {
  const folder: ImageTree = {
    ...below,
    entry: path => (path === 'etc' ? entry('etc', { type: 'directory' }) : undefined),
  };
  expect(() => placed([entry('etc')], folder, 0)).toThrow('/etc is a folder in the image');
  expect(placed([entry('etc', { type: 'directory' }), entry('etc/a')], folder, 0).map(({ path }) => path)).toEqual([
    'etc/a',
  ]);
});
