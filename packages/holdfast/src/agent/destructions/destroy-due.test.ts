import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Journal } from '../../journal/journal.ts';
import { holdLease } from '../../journal/keeper.ts';
import { leaseName } from '../../journal/lease-name.ts';
import { currentOwner } from '../../journal/owner.ts';
import { type OpenToHands, onEachStore } from '../../journal/testing/stores.ts';
import { randomId } from '../../kit/id.ts';
import type { Seen } from '../../ports/provider.ts';
import { destroyDue } from './destroy-due.ts';

const due = '2026-12-07T16:05:00.000Z';

/** So many volumes, in memory; those of `inUse` can't go. */
function volumesOf(...uids: readonly string[]) {
  const there = new Set(uids);
  const inUse = new Set<string>();
  const volumes = {
    observe: async () => [...there].map(uid => ({ id: uid, birth: { uid, bornAs: `volume/${uid}` } }) as Seen),
    remove: async ({ id }: Seen) => {
      if (inUse.has(id)) throw new Error(`${id} is in use`);
      there.delete(id);
    },
  };
  return { there, inUse, volumes };
}

onEachStore(store => {
  let here: OpenToHands;
  let journal: Journal;
  let now: number;
  const declared = new Set<string>();
  const scope = { system: `s-${randomId()}`, environment: 'test' };
  const owner = currentOwner('holdfast agent');

  beforeEach(async () => {
    here = await store.open();
    journal = await here.journal();
    now = Date.parse(due);
    declared.clear();
  });
  afterEach(async () => {
    await journal[Symbol.asyncDispose]();
    await here[Symbol.asyncDispose]();
  });

  const scheduled = (uid: string, more: object = {}) =>
    journal.append([
      {
        kind: 'destruction.scheduled',
        ...scope,
        payload: { uid, address: `volume/${uid}`, kind: 'volume', engine: 'default', due, ...more },
      },
    ]);
  const run = ({ volumes }: ReturnType<typeof volumesOf>) =>
    destroyDue({
      ...{ scope, engine: 'default', journal, owner, clock: () => now, signal: new AbortController().signal },
      volumes: volumes as never,
      isDeclared: address => declared.has(address),
    });
  const done = async () =>
    (await Array.fromAsync(journal.read({ ...scope, kinds: ['destruction.done'] }))).map(
      ({ payload }) => (payload as { uid: string }).uid,
    );

  test('what was named goes when its grace period is over, once, and nothing else does', async () => {
    const world = volumesOf('a', 'b', 'c', 'd');
    await scheduled('a');
    await scheduled('b', { engine: 'other' });
    await scheduled('c', { kind: 'database' });
    now -= 1;
    await run(world);
    expect(world.there).toEqual(new Set('abcd'));
    now += 1;
    expect(await run(world)).toBe(now);
    await run(world);
    expect(world.there).toEqual(new Set('bcd'));
    expect(await done()).toEqual(['a']);
    await scheduled('d');
    declared.add('volume/d');
    await run(world);
    expect(world.there).toEqual(new Set('bcd'));
  });

  test('what was called off stays, and nothing goes while somebody changes the environment', async () => {
    const world = volumesOf('a', 'b');
    await scheduled('a');
    await scheduled('b');
    await using lease = await holdLease({ leases: journal.leases, name: leaseName(scope), owner });
    expect(await run(world)).toBeUndefined();
    await journal.append([{ kind: 'destruction.cancelled', ...scope, payload: { uid: 'a', address: 'volume/a' } }]);
    await lease.release();
    await run(world);
    expect(world.there).toEqual(new Set('a'));
  });

  test('one that can not go is tried again, and stands in no other’s way; one that a hand took is done with', async () => {
    const world = volumesOf('a', 'b');
    world.inUse.add('a');
    for (const uid of ['a', 'b', 'z']) await scheduled(uid);
    await expect(run(world)).rejects.toThrow('a is in use');
    expect(await done()).toEqual(['b', 'z']);
    world.inUse.clear();
    await run(world);
    expect([world.there, await done()]).toEqual([new Set(), ['b', 'z', 'a']]);
  });
});
