import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isFact, type StoredFact } from '../fact.ts';
import type { FactQuery, Journal } from '../journal.ts';
import { fromTheFuture, stepDone } from './facts.ts';
import type { OpenGround } from './journal.ts';

const systems = ['shop', 'bank'];
const environments = ['local', 'staging'];
const allReleases = [undefined, 'r1', 'r2'];
const kinds = ['step.done', 'probe.answered', 'tide.turned'];

/** Facts of every mixture, more than a store reads at once. */
async function fill(journal: Journal): Promise<readonly StoredFact[]> {
  const each = <T>(of: readonly T[], at: number): T => of[at % of.length] as T;
  const drafts = Array.from({ length: 1_300 }, (_, at) => ({
    ...(at % 3 === 0 ? stepDone(`step ${at}`) : fromTheFuture(each(kinds, at))),
    system: each(systems, at >> 1),
    environment: each(environments, at >> 2),
    release: each(allReleases, at >> 3),
  }));
  await journal.append(drafts.map(({ release, ...draft }) => (release ? { ...draft, release } : draft)));
  return Array.fromAsync(journal.read());
}

const queries: fc.Arbitrary<FactQuery> = fc.record(
  {
    after: fc.integer({ min: 0, max: 1_400 }),
    before: fc.integer({ min: 0, max: 1_400 }),
    kinds: fc.subarray([...kinds, 'never.happened']),
    system: fc.constantFrom(...systems, 'nobody'),
    environment: fc.constantFrom(...environments),
    release: fc.constantFrom('r1', 'r2', 'r3'),
    newestFirst: fc.boolean(),
    limit: fc.integer({ min: 0, max: 700 }),
  },
  { requiredKeys: [] },
);

function answer(facts: readonly StoredFact[], query: FactQuery): StoredFact[] {
  const matching = facts.filter(
    fact =>
      fact.seq > (query.after ?? 0) &&
      fact.seq < (query.before ?? Number.POSITIVE_INFINITY) &&
      (query.kinds?.includes(fact.kind) ?? true) &&
      (['system', 'environment', 'release'] as const).every(
        key => query[key] === undefined || query[key] === fact[key],
      ),
  );
  return (query.newestFirst ? matching.reverse() : matching).slice(0, query.limit);
}

export function reading(open: OpenGround): void {
  test('any query gives what a look at every fact gives, in its order', async () => {
    await using ground = await open();
    await using journal = await ground.journal();
    const facts = await fill(journal);
    expect(facts).toHaveLength(1_300);
    await fc.assert(
      fc.asyncProperty(queries, async query => {
        expect(await Array.fromAsync(journal.read(query))).toEqual(answer(facts, query));
      }),
      { numRuns: 150 },
    );
  });

  test('envelopes are the facts without their payloads', async () => {
    await using ground = await open();
    await using journal = await ground.journal();
    await journal.append([stepDone('one', { release: 'r1' }), stepDone('two')]);
    const facts = await Array.fromAsync(journal.read());
    expect(await Array.fromAsync(journal.envelopes())).toEqual(facts.map(({ payload: _, ...envelope }) => envelope));
  });

  test('a fact of a kind from the future is read as it is, and is none of ours', async () => {
    await using ground = await open();
    await using journal = await ground.journal();
    await journal.append([fromTheFuture('tide.turned'), stepDone('one')]);
    const facts = await Array.fromAsync(journal.read());
    expect(facts[0]).toMatchObject({ kind: 'tide.turned', payload: { hours: [1, 2] } });
    expect(facts.map(fact => isFact(fact, 'step.done'))).toEqual([false, true]);
    expect(await journal.verify()).toMatchObject({ whole: true, facts: 2 });
  });

  test('a reader may write while it reads', async () => {
    await using ground = await open();
    await using journal = await ground.journal();
    await journal.append([stepDone('one'), stepDone('two')]);
    for await (const fact of journal.read({ before: 3 })) await journal.append([stepDone(`seen ${fact.seq}`)]);
    expect(await journal.head()).toBe(4);
  });

  test('payloads of any size and any text come back as they were', async () => {
    await using ground = await open();
    await using journal = await ground.journal();
    const texts = ['', 'żółw 🐢\u0000\n"', 'x'.repeat(3_000_000), 'y'.repeat(2_000_000)];
    for (const text of texts) await journal.append([stepDone(text)]);
    const read = await Array.fromAsync(journal.read());
    expect(read.map(fact => isFact(fact, 'step.done') && fact.payload.step === texts[fact.seq - 1])).toEqual(
      texts.map(() => true),
    );
    expect(await journal.verify()).toMatchObject({ whole: true, facts: 4 });
  });
}
