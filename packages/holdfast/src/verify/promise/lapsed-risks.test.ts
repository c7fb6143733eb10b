import { expect, test } from 'vitest';
import { promised } from '../export/testing/promised.ts';
import { lapsedRisks } from './lapsed-risks.ts';

const model = promised({
  'it answers': {
    objective: '99.9% over 30d',
    acceptedBy: 'ada@shop.example',
    because: 'sold already',
    until: '2027-01-31',
  },
  'it pays': { objective: '99% over 30d' },
});

test('a signature holds to the end of its last day, UTC', () => {
  expect(lapsedRisks(model, Date.parse('2027-01-31T23:59:59.999Z'))).toEqual([]);
  expect(lapsedRisks(model, Date.parse('2027-02-01T00:00:00.000Z')).map(({ parts }) => parts)).toEqual([
    {
      what: 'promise "it-answers" accepts a risk until 2027-01-31, which is over',
      where: expect.stringContaining('promised.ts:'),
      why: 'ada@shop.example signed for it (“sold already”) until that day, and for no longer',
      fix: expect.stringContaining('sign anew'),
      exit: 2,
    },
  ]);
});
