import { expect, test } from 'vitest';
import { isSameByInputs, referencesOf } from './reference.ts';

const [a, b] = [`sha256:${'a'.repeat(64)}`, `sha256:${'b'.repeat(64)}`];

test('an image goes by what the engine tells, without what means none', () => {
  const listed = { Id: a, RepoTags: ['shop:1', '<none>:<none>'], RepoDigests: [`shop@${b}`, `<none>@${b}`] };
  expect(referencesOf(listed)).toEqual(['shop:1', `shop@${b}`]);
  expect(referencesOf({ Id: a, RepoTags: null })).toEqual([]);
});

test('where the id is the digest, an image goes by all its names with it', () => {
  const tags = ['host:5000/shop:1', 'web'];
  const all = [...tags, `host:5000/shop@${a}`, `web@${a}`];
  expect(referencesOf({ Id: a, RepoTags: tags, RepoDigests: [`host:5000/shop@${a}`] }).toSorted()).toEqual(
    all.toSorted(),
  );
  expect(referencesOf({ Id: a, RepoTags: tags, RepoDigests: [a] })).toEqual(all);
  expect(referencesOf({ Id: a, RepoTags: [`shop@${a}`], RepoDigests: [a] })).toEqual([`shop@${a}`]);
});

test('an image that was renamed is known by its inputs, within its system and environment alone', () => {
  const door = 'holdfast/shop/local/door:4804822149b7';
  expect(isSameByInputs(door, door)).toBe(true);
  expect(isSameByInputs(door, 'holdfast/shop/local/gate:4804822149b7')).toBe(true);
  expect(isSameByInputs(door, 'holdfast/shop/local/door:127232cc6f1c')).toBe(false);
  expect(isSameByInputs(door, 'holdfast/shop/staging/door:4804822149b7')).toBe(false);
  expect(isSameByInputs('nginx:1', 'caddy:1')).toBe(false);
});
