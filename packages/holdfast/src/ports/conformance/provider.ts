import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Scope } from '../../model/identity.ts';
import type { Desired, Provider, Seen } from '../provider.ts';

/** A provider on a real engine, and what a test must be able to do behind its back. */
export interface ProviderBench<S, T> extends AsyncDisposable {
  readonly provider: Provider<S, T>;
  readonly scope: Scope;
  /** The same kind for another environment of the same system, on the same engine. */
  readonly elsewhere: { readonly provider: Provider<S, T>; readonly scope: Scope };
  /** A specification of an object that isn't there yet; another one at each call, unique among tests. */
  desired(): Desired<S>;
  /** Makes an object that no system declares; gives its id. */
  stranger(): Promise<string>;
  /** Leaves behind what a crash in the middle of `ensure` may leave, by the moment of the crash. */
  readonly crashes: Readonly<Record<string, (desired: Desired<S>) => Promise<void>>>;
  /** What a hand may do to an object, by the words of the deed. */
  readonly drifts: Readonly<Record<string, Drift<S, T>>>;
}

export interface Drift<S, T> {
  inflict(seen: Seen<T>, desired: Desired<S>): Promise<void>;
  /** The aspect that must be told; left out where the object is gone. */
  readonly aspect?: string | RegExp;
}

/** The tests that every provider passes against the real thing. They assume nothing that only one engine can give. */
export function providerConformance<S, T>(name: string, setup: () => Promise<ProviderBench<S, T>>): void {
  describe(`${name} conforms to the contract of providers`, () => {
    let bench: ProviderBench<S, T>;
    const signal = new AbortController().signal;
    beforeAll(async () => {
      bench = await setup();
    });
    afterAll(() => bench?.[Symbol.asyncDispose]());

    const create = async () => {
      const desired = bench.desired();
      return { desired, seen: await bench.provider.ensure(desired, undefined, signal) };
    };
    const observed = async (uid: string, of = bench.provider, scope = bench.scope) =>
      (await of.observe(scope)).filter(({ birth }) => birth?.uid === uid);

    /** What an engine of ours does about differences. */
    async function mend(desired: Desired<S>): Promise<Seen<T>> {
      const [seen] = await observed(desired.uid);
      const mustGo = seen && bench.provider.differences(desired, seen).some(({ mend }) => mend === 'replace');
      if (mustGo) await bench.provider.remove(seen, signal);
      return bench.provider.ensure(desired, mustGo ? undefined : seen, signal);
    }

    test('what was created has no differences, as given back and as observed', async () => {
      const { desired, seen } = await create();
      expect(bench.provider.differences(desired, seen)).toEqual([]);
      const [again] = await observed(desired.uid);
      expect(again && bench.provider.differences(desired, again)).toEqual([]);
      expect(again?.id).toBe(seen.id);
    });

    test('it is found by who it is', async () => {
      const { desired } = await create();
      const found = await observed(desired.uid);
      expect(found.map(({ birth, kind, engine }) => ({ birth, kind, engine }))).toEqual([
        { birth: { uid: desired.uid, bornAs: desired.address }, kind: desired.kind, engine: desired.engine },
      ]);
    });

    test('to ensure it twice, with or without knowing of it, gives the same object', async () => {
      const { desired, seen } = await create();
      expect((await bench.provider.ensure(desired, seen, signal)).id).toBe(seen.id);
      expect((await bench.provider.ensure(desired, undefined, signal)).id).toBe(seen.id);
      expect(await observed(desired.uid)).toHaveLength(1);
    });

    test('two that ensure the same at once end with one object', async () => {
      const desired = bench.desired();
      const both = [0, 1].map(() => bench.provider.ensure(desired, undefined, signal));
      await Promise.all(both);
      const found = await observed(desired.uid);
      expect(found).toHaveLength(1);
      expect(found[0] && bench.provider.differences(desired, found[0])).toEqual([]);
    });

    test('a crash at any step of it is made good by doing it again', async () => {
      for (const [moment, crash] of Object.entries(bench.crashes)) {
        const desired = bench.desired();
        await crash(desired);
        const [left] = await observed(desired.uid);
        const seen = await bench.provider.ensure(desired, left, signal);
        expect(bench.provider.differences(desired, seen), moment).toEqual([]);
        expect(await observed(desired.uid), moment).toHaveLength(1);
      }
    });

    test('what was removed is gone, and removing it again is fine', async () => {
      const { desired, seen } = await create();
      await bench.provider.remove(seen, signal);
      expect(await observed(desired.uid)).toEqual([]);
      await bench.provider.remove(seen, signal);
    });

    test('what nobody declared is seen, is not ours, and stays as it is', async () => {
      const id = await bench.stranger();
      const { seen } = await create();
      await bench.provider.remove(seen, signal);
      const found = (await bench.provider.observe(bench.scope)).find(one => one.id === id);
      expect(found).toMatchObject({ id, about: expect.stringMatching(/\S/) });
      expect(found?.birth).toBeUndefined();
    });

    test('what another environment declared is not ours', async () => {
      const desired = bench.desired();
      const theirs = await bench.elsewhere.provider.ensure(desired, undefined, signal);
      expect(await observed(desired.uid)).toEqual([]);
      const found = (await bench.provider.observe(bench.scope)).find(({ id }) => id === theirs.id);
      expect(found?.about).toContain(`environment ${bench.elsewhere.scope.environment}`);
      expect(await observed(desired.uid, bench.elsewhere.provider, bench.elsewhere.scope)).toHaveLength(1);
    });

    test('every drift is told, and mended', async () => {
      for (const [deed, { inflict, aspect }] of Object.entries(bench.drifts)) {
        const { desired, seen } = await create();
        await inflict(seen, desired);
        const [found] = await observed(desired.uid);
        if (aspect === undefined) expect(found, deed).toBeUndefined();
        else
          expect(found && bench.provider.differences(desired, found), deed).toMatchObject([
            { aspect: expect.stringMatching(aspect) },
          ]);
        expect(bench.provider.differences(desired, await mend(desired)), deed).toEqual([]);
        expect(await observed(desired.uid), deed).toHaveLength(1);
      }
    });

    test('an abort before it began leaves nothing behind', async () => {
      const desired = bench.desired();
      await expect(bench.provider.ensure(desired, undefined, AbortSignal.abort(new Error('enough')))).rejects.toThrow(
        'enough',
      );
      expect(await observed(desired.uid)).toEqual([]);
    });
  });
}
