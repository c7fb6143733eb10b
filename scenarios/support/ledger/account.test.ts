import fc from 'fast-check';
import { expect, test } from 'vitest';
import { accountOf } from './account.ts';
import { type Entry, entriesIn, keyOf, lineOf, type Outcome, type Row } from './entry.ts';

const ok = (at: number, row: number, writer = 0): Entry => ({ writer, row, said: 'ok', at });

test('the outage is the longest time in which no writer was acknowledged anything', () => {
  const entries = [ok(0, 1), ok(1_000, 1, 1), ok(4_000, 2), ok(4_100, 2, 1)];
  const { outage, outages } = accountOf(entries, [], 4_200);
  expect(outage).toBe(3);
  expect(outages).toEqual([4, 3.1]);
});

test('an outage that does not end lasts until the writers were stopped', () => {
  expect(accountOf([ok(0, 1), ok(10, 2)], [], 60_010).outage).toBe(60);
});

/** Any history of rows: what each was told, and how often it is there. */
const histories = fc.array(
  fc.record({
    writer: fc.nat(3),
    said: fc.constantFrom<Entry['said']>('sent', 'ok', 'failed', 'unknown'),
    times: fc.nat(2),
    gap: fc.nat(5_000),
  }),
  { maxLength: 60 },
);

type History = (typeof histories extends fc.Arbitrary<infer T> ? T : never)[number][];

function played(history: History): { entries: Entry[]; present: Row[] } {
  let at = 0;
  const entries: Entry[] = [];
  const present: Row[] = [];
  for (const [row, { writer, said, times, gap }] of history.entries()) {
    entries.push({ writer, row, said: 'sent', at });
    at += gap;
    if (said !== 'sent') entries.push({ writer, row, said, at });
    for (let time = 0; time < times; time++) present.push({ writer, row });
  }
  return { entries, present };
}

test('every row is counted once, by the last that was said of it', () => {
  fc.assert(
    fc.property(histories, history => {
      const { entries, present } = played(history);
      const account = accountOf(entries, present, entries.at(-1)?.at ?? 0);
      const told = (outcome: Outcome) =>
        history.filter(({ said }) => said === outcome || (outcome === 'unknown' && said === 'sent')).length;
      for (const outcome of ['ok', 'failed', 'unknown'] as const) expect(account[outcome]).toBe(told(outcome));
      expect(account.lost.length).toBe(history.filter(({ said, times }) => said === 'ok' && times === 0).length);
      expect(account.duplicated.length).toBe(history.filter(({ times }) => times === 2).length);
      expect(account.foreign).toEqual([]);
    }),
  );
});

test('what takes an acknowledged row away is seen, and what nobody sent', () => {
  fc.assert(
    fc.property(histories, fc.nat(), (history, which) => {
      const { entries, present } = played(history.map(one => ({ ...one, times: 1 })));
      const acknowledged = entries.filter(({ said }) => said === 'ok');
      const gone = acknowledged[which % Math.max(1, acknowledged.length)];
      const left = present.filter(row => !gone || keyOf(row) !== keyOf(gone));
      const account = accountOf(entries, [...left, { writer: 9, row: 1 }], 0);
      expect(account.lost.map(keyOf)).toEqual(gone ? [keyOf(gone)] : []);
      expect(account.foreign).toEqual([{ writer: 9, row: 1 }]);
    }),
  );
});

test('the outage of some writer is as long as that of all', () => {
  fc.assert(
    fc.property(histories, history => {
      const { entries, present } = played(history);
      const { outage, outages } = accountOf(entries, present, entries.at(-1)?.at ?? 0);
      expect(Math.max(0, ...outages)).toBeGreaterThanOrEqual(history.length > 0 ? outage : 0);
    }),
  );
});

test('a ledger that a kill cut off gives all of its whole lines', () => {
  fc.assert(
    fc.property(histories, fc.double({ min: 0, max: 1, noNaN: true }), (history, share) => {
      const { entries } = played(history);
      const text = entries.map(lineOf).join('');
      const cut = Math.floor(text.length * share);
      const whole = text.slice(0, cut).split('\n').length - 1;
      expect(entriesIn(text.slice(0, cut))).toEqual(entries.slice(0, whole));
      expect(entriesIn(text)).toEqual(entries);
    }),
  );
});
