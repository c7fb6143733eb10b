import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { otherProcess } from './conformance/process.ts';
import type { LeaseOwner } from './fact.ts';
import { holdLease, waitForLease } from './keeper.ts';
import { currentOwner } from './owner.ts';
import { onEachStore, type StoreUnderTest } from './testing/stores.ts';

const ada: LeaseOwner = { ...currentOwner('holdfast up'), user: 'ada' };
/** Of another machine, so that only time frees what it holds. */
const eve: LeaseOwner = { ...ada, user: 'eve', host: 'elsewhere' };
const askFor = { name: 'shop/local', lasting: 300 };

/** Blocks this thread, as heavy work would. */
const busyFor = (milliseconds: number): unknown =>
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);

const aHeldLease = (store: StoreUnderTest): void => {
  test('outlives its expiry while the main thread is busy', async () => {
    await using ground = await store.open();
    await using journal = await ground.journal();
    // Long enough for a thread that gets no processor for a moment.
    await using lease = await holdLease({ ...askFor, lasting: 1_500, leases: journal.leases, owner: eve });
    await sleep(1_000); // The thread starts meanwhile.
    busyFor(3_000);
    expect(await journal.leases.holds(askFor.name, lease.token)).toBe(true);
    expect(lease.lost.aborted).toBe(false);
  });

  test('is refused while another has it, by a problem that says who', async () => {
    await using ground = await store.open();
    await using journal = await ground.journal();
    await using _ = await holdLease({ ...askFor, leases: journal.leases, owner: ada });
    await expect(holdLease({ ...askFor, leases: journal.leases, owner: eve })).rejects.toMatchObject({
      exit: 3,
      message: expect.stringMatching(/shop\/local.*ada@.*holdfast up/),
    });
  });

  test('is free for the next when it was released, and released twice does nothing', async () => {
    await using ground = await store.open();
    await using journal = await ground.journal();
    const first = await holdLease({ ...askFor, leases: journal.leases, owner: ada });
    await first.release();
    await using second = await holdLease({ ...askFor, leases: journal.leases, owner: eve });
    await first.release();
    expect(second.token).toBeGreaterThan(first.token);
    expect(second.from).toBeUndefined();
    expect(await second.stillMine()).toBe(true);
    expect(await first.stillMine()).toBe(false);
  });

  test('tells that it is lost when another took it over meanwhile', async () => {
    await using ground = await store.open();
    await using journal = await ground.journal();
    await using lease = await holdLease({ ...askFor, leases: journal.leases, owner: ada });
    await ground.byHand(`update leases set token = token + 1, owner = '${JSON.stringify(eve)}'`);
    if (!lease.lost.aborted) await once(lease.lost, 'abort');
    expect(lease.lost.reason).toMatchObject({ name: 'Problem', exit: 3 });
    expect(await lease.stillMine()).toBe(false);
  });

  test('that expired while the machine slept is ours again where nobody took it, and lost where somebody did', async () => {
    await using ground = await store.open();
    await using journal = await ground.journal();
    await using lease = await holdLease({ ...askFor, lasting: 20, leases: journal.leases, owner: ada });
    busyFor(40); // Before its thread had a chance.
    expect(await journal.leases.holds(askFor.name, lease.token)).toBe(false);
    expect(await lease.stillMine()).toBe(true);
    busyFor(40);
    await using taken = await holdLease({ ...askFor, leases: journal.leases, owner: eve });
    expect(taken.from).toEqual(ada);
    expect(await lease.stillMine()).toBe(false);
    expect(lease.lost.aborted).toBe(true);
  });

  test('does not keep its process alive, and is free when that ended without releasing it', async () => {
    await using ground = await store.open();
    await using holder = otherProcess(ground.door, 'keep', askFor.name);
    expect(await holder.done).toBe(0);
    await using journal = await ground.journal();
    const lease = await holdLease({ ...askFor, leases: journal.leases, owner: ada });
    expect(lease.from?.doing).toBe('test');
    await lease.release();
  });
};

const waitingForALease = (store: StoreUnderTest): void => {
  test('says once who holds it, and gets it as soon as that process is killed', async () => {
    await using ground = await store.open();
    await using journal = await ground.journal();
    await using holder = otherProcess(ground.door, 'hold', askFor.name);
    await holder.hasSaid(1);
    const told: string[] = [];
    const waiting = waitForLease({
      ...askFor,
      leases: journal.leases,
      owner: ada,
      every: 20,
      onWait: ({ doing }) => told.push(doing),
    });
    await sleep(150);
    await holder.kill();
    await using lease = await waiting;
    expect(told).toEqual(['test']);
    expect(lease.from?.doing).toBe('test');
  });

  test('ends with the problem that says who holds it when the time is over', async () => {
    await using ground = await store.open();
    await using journal = await ground.journal();
    await using _ = await holdLease({ ...askFor, leases: journal.leases, owner: eve });
    const waiting = waitForLease({ ...askFor, leases: journal.leases, owner: ada, every: 20, atMost: 80 });
    await expect(waiting).rejects.toMatchObject({ exit: 3, message: expect.stringContaining('eve@elsewhere') });
  });

  test('ends with the reason of the signal', async () => {
    await using ground = await store.open();
    await using journal = await ground.journal();
    await using _ = await holdLease({ ...askFor, leases: journal.leases, owner: eve });
    const stop = new AbortController();
    const waiting = waitForLease({ ...askFor, leases: journal.leases, owner: ada, signal: stop.signal });
    setTimeout(() => stop.abort(new Error('Ctrl-C')), 30);
    await expect(waiting).rejects.toThrow('Ctrl-C');
  });

  test('of ten, each gets it in the end, and never two at a time', async () => {
    await using ground = await store.open();
    let holding = 0;
    const most: number[] = [];
    const turn = async (at: number): Promise<void> => {
      await using journal = await ground.journal();
      const owner = { ...ada, doing: `up ${at}` };
      await using _ = await waitForLease({ ...askFor, leases: journal.leases, owner, every: 10 });
      most.push(++holding);
      await sleep(5);
      holding--;
    };
    await Promise.all(Array.from({ length: 10 }, (_, at) => turn(at)));
    expect(most).toEqual(Array(10).fill(1));
  });
};

describe('a held lease', () => onEachStore(aHeldLease));
describe('waiting for a lease', () => onEachStore(waitingForALease));
