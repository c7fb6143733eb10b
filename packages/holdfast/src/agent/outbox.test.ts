import { expect, test } from 'vitest';
import type { FactDraft } from '../journal/fact.ts';
import { outbox } from './outbox.ts';

const fact = (at: number): FactDraft => ({
  kind: 'job.skipped',
  system: 'shop',
  environment: 'test',
  payload: { job: 'job/clean', slot: String(at) },
});

/** A journal that is away for the first so many tries. */
function journalAwayFor(tries: number) {
  const written: FactDraft[] = [];
  let left = tries;
  return {
    written,
    append: async (facts: readonly FactDraft[]) => {
      left -= 1;
      if (left >= 0) throw new Error('away');
      written.push(...facts);
    },
  };
}

test('facts wait for a journal that is away, and go in order; that it is away is told once', async () => {
  const [journal, over, troubles] = [journalAwayFor(3), new AbortController(), [] as unknown[]];
  const box = outbox({ append: journal.append, onTrouble: error => troubles.push(error), every: 5 });
  const sending = box.send(over.signal);
  for (let at = 0; at < 250; at++) box.put(fact(at));
  await expect.poll(() => journal.written.length).toBe(250);
  box.put(fact(250));
  await expect.poll(() => journal.written.length).toBe(251);
  expect(journal.written).toEqual(Array.from({ length: 251 }, (_, at) => fact(at)));
  expect(troubles).toHaveLength(1);
  over.abort();
  await sending;
});

test('of too many the oldest go, and what is left at the end is sent', async () => {
  const [journal, over] = [journalAwayFor(0), new AbortController()];
  const box = outbox({ append: journal.append, onTrouble: () => {}, atMost: 3 });
  for (let at = 0; at < 5; at++) box.put(fact(at));
  over.abort();
  await box.send(over.signal);
  expect(journal.written).toEqual([fact(2), fact(3), fact(4)]);
});
