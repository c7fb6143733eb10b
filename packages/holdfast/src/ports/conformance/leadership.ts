import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Problem } from '../../kit/problem.ts';
import type { Leadership } from '../leadership.ts';

/** A real store, and what members of a cluster do in it. */
export interface LeadershipBench extends AsyncDisposable {
  /** Another cluster, unique among tests. */
  cluster(): string;
  /** How a guardian of the name sees a cluster. */
  open(cluster: string, guardian: string): Leadership;
  /** A member comes to lead, or writes anew that it does. */
  elect(cluster: string, member: string): Promise<void>;
  /** Who leads, as members read it. */
  leader(cluster: string): Promise<string | undefined>;
  /** How long the lock of a guardian stays that was killed, in milliseconds. */
  readonly lasting: number;
  stop(): Promise<void>;
  start(): Promise<void>;
}

export function leadershipConformance(name: string, setup: () => Promise<LeadershipBench>): void {
  describe(`${name} conforms to the contract of leadership`, () => {
    let bench: LeadershipBench;
    let cluster: string;
    beforeAll(async () => {
      bench = await setup();
    });
    afterAll(() => bench?.[Symbol.asyncDispose]());
    beforeEach(() => {
      cluster = bench.cluster();
    });

    test('nobody leads until somebody does, and each who writes it leads by another revision', async () => {
      const a = bench.open(cluster, 'a');
      expect(await a.read()).toBeUndefined();
      expect(await a.claim()).toEqual({ lock: 'mine' });
      await bench.elect(cluster, 'db-1');
      const first = await a.read();
      await bench.elect(cluster, 'db-1');
      const second = await a.read();
      expect([first?.member, second?.member]).toEqual(['db-1', 'db-1']);
      expect(first?.revision).not.toBe(second?.revision);
      expect(await a.claim()).toEqual({ lock: 'mine', leader: second });
    });

    test('of many that claim at once one may act, and another after it leaves', async () => {
      const guardians = ['a', 'b', 'c', 'd'].map(guardian => bench.open(cluster, guardian));
      const claims = await Promise.all(guardians.map(guardian => guardian.claim()));
      expect(claims.filter(({ lock }) => lock === 'mine')).toHaveLength(1);
      const holder = claims.findIndex(({ lock }) => lock === 'mine');
      await Promise.all(guardians.map((guardian, at) => at !== holder && guardian.release()));
      expect((await guardians[holder]?.claim())?.lock).toBe('mine');
      await guardians[holder]?.release();
      expect((await guardians[(holder + 1) % 4]?.claim())?.lock).toBe('mine');
    });

    test('the lead is taken by who has the lock, from whom was read', async () => {
      await bench.elect(cluster, 'db-1');
      const [a, b] = [bench.open(cluster, 'a'), bench.open(cluster, 'b')];
      const { leader } = await a.claim();
      if (!leader) throw new Error('nobody leads');
      expect(await b.depose(leader)).toBe(false);
      expect(await a.depose({ ...leader, member: 'db-2' })).toBe(false);
      expect(await a.depose({ ...leader, revision: leader.revision + 1 })).toBe(false);
      expect(await bench.leader(cluster)).toBe('db-1');
      expect(await a.depose(leader)).toBe(true);
      expect(await bench.leader(cluster)).toBeUndefined();
      expect(await a.depose(leader)).toBe(false);
    });

    test('one that was started again meanwhile keeps the lead', async () => {
      await bench.elect(cluster, 'db-1');
      const a = bench.open(cluster, 'a');
      const { leader } = await a.claim();
      await bench.elect(cluster, 'db-1');
      expect(leader && (await a.depose(leader))).toBe(false);
      expect(await bench.leader(cluster)).toBe('db-1');
    });

    test('the lock of one that was killed runs out, and it can do nothing with it any more', async () => {
      await bench.elect(cluster, 'db-1');
      const [killed, next] = [bench.open(cluster, 'killed'), bench.open(cluster, 'next')];
      const { leader } = await killed.claim();
      await expect
        .poll(async () => (await next.claim()).lock, { timeout: 2 * bench.lasting + 10_000, interval: 200 })
        .toBe('mine');
      expect(leader && (await killed.depose(leader))).toBe(false);
      expect((await killed.claim()).lock).toBe('theirs');
    });

    test('one that goes on claiming keeps it', async () => {
      const [a, b] = [bench.open(cluster, 'a'), bench.open(cluster, 'b')];
      await a.claim();
      const until = performance.now() + 1.5 * bench.lasting;
      while (performance.now() < until) {
        expect((await a.claim()).lock).toBe('mine');
        expect((await b.claim()).lock).toBe('theirs');
      }
    });

    test('a store that is away is a Problem that may be tried again, and it goes on when it is back', async () => {
      const a = bench.open(cluster, 'a');
      await a.claim();
      await bench.stop();
      await expect(a.claim()).rejects.toSatisfy(error => error instanceof Problem && error.parts.retry === true);
      await bench.start();
      expect((await a.claim()).lock).toBe('mine');
    });
  });
}
