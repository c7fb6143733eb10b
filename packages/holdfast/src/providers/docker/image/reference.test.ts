import { expect, test } from 'vitest';
import { referencesOf } from './reference.ts';

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
