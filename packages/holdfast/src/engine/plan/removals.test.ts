import { expect, test } from 'vitest';
import type { Seen } from '../../ports/provider.ts';
import { removalsOf } from './removals.ts';

const seen = (kind: string, id: string, more: Partial<Seen> = {}): Seen => ({
  kind,
  engine: 'default',
  id,
  name: `${kind}-${id}`,
  state: {},
  about: '',
  ...more,
});
const ours = { birth: { uid: 'u', bornAs: 'image/web' } } as const;

function gone(image: Seen, others: readonly Seen[], reachable: readonly string[] = []): readonly Seen[] {
  const parts = {
    matches: [],
    unclaimed: [image],
    index: { addressOf: () => undefined },
    world: { seen: [image, ...others] },
    destroy: new Set<string>(),
    reachableImages: new Set(reachable),
    facts: {},
  };
  return removalsOf(parts as never).gone;
}

const web = seen('image', 'sha256:a', ours);
const theirs = seen('image', 'sha256:a', { name: 'theirs' });
const runs = (more: Partial<Seen> = {}) => seen('instance', 'one', { uses: ['sha256:a'], ...more });

test('an image that nothing needs goes, and one that a release names stays', () => {
  expect(gone(web, [])).toEqual([web]);
  expect(gone(web, [], [web.name])).toEqual([]);
});

test('one that others run stays, unless they have it under a name of their own', () => {
  expect(gone(web, [runs()])).toEqual([]);
  expect(gone(web, [runs(), theirs])).toEqual([web]);
});

test('one that something of ours still runs stays, whatever names others have for it', () => {
  expect(gone(web, [runs(ours), theirs])).toEqual([]);
});
