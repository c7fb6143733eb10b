import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { toDuration, toMilliseconds } from '../../kit/duration.ts';
import { spellDecimal } from '../../kit/percentage.ts';
import { neverFires, spellAlert, standardAlerts, thresholdOf } from './alert.ts';
import { type Objective, objectiveOf } from './objective.ts';

const spelled = (window: `${number}d`) => standardAlerts(toMilliseconds(window)).map(spellAlert);

describe('the usual alerts', () => {
  test('of 30 days are those of the workbook', () => {
    expect(spelled('30d')).toEqual(['burn 14.4 over 1h and 5m', 'burn 6 over 6h and 30m', 'burn 1 over 3d and 6h']);
  });

  test('of 7 days look at windows that spend the same shares of the budget', () => {
    expect(spelled('7d')).toEqual([
      'burn 14.4 over 14m and 70s',
      'burn 6 over 84m and 7m',
      'burn 1 over 1008m and 84m',
    ]);
  });

  test('page before they write a ticket, and can fire wherever the objective is high enough', () => {
    expect(standardAlerts(toMilliseconds('30d')).map(({ calls }) => calls)).toEqual(['page', 'page', 'ticket']);
    const high = fc.tuple(fc.integer({ min: 9_306, max: 9_999 }), fc.integer({ min: 1, max: 90 }));
    fc.assert(
      fc.property(high, ([hundredths, days]) => {
        const objective = objectiveOf(`${hundredths / 100}% over ${days}d`);
        for (const alert of standardAlerts(objective.over)) expect(neverFires(alert, objective, 5_000)).toBeUndefined();
      }),
    );
  });
});

describe('a threshold', () => {
  test.each([
    ['99.9% over 30d', '0.0144', '0.006', '0.001'],
    ['99.5% over 30d', '0.072', '0.03', '0.005'],
    ['99.999% over 30d', '0.000144', '0.00006', '0.00001'],
    ['99.123456789% over 30d', '0.126222222384', '0.05259259266', '0.00876543211'],
  ] as [Objective, string, string, string][])('of %s is exact: %s, %s, %s', (text, ...expected) => {
    const objective = objectiveOf(text);
    const thresholds = standardAlerts(objective.over).map(alert => spellDecimal(thresholdOf(alert, objective)));
    expect(thresholds).toEqual(expected);
  });
});

describe('an alert that can never fire', () => {
  const hourly = { burn: '14.4', over: 3_600_000, and: 300_000, calls: 'page' } as const;

  test.each([
    ['93.05% over 30d', 'an error rate of 1.0008'],
    ['90% over 30d', 'an error rate of 1.44'],
    ['99.9% over 30m', 'longer than the 30m of the objective'],
  ] as [Objective, string][])('of %s says why: %s', (text, why) => {
    expect(neverFires(hourly, objectiveOf(text), 15_000)?.why).toContain(why);
  });

  test('says which burn an outage reaches, rounded down', () => {
    expect(neverFires(hourly, objectiveOf('93% over 30d'), 15_000)?.fix).toContain('a burn below 14.28');
    expect(neverFires({ ...hourly, burn: '14.28' }, objectiveOf('93% over 30d'), 15_000)).toBeUndefined();
  });

  test('is one that would need an error rate of exactly 1 to be passed', () => {
    expect(neverFires({ ...hourly, burn: '10' }, objectiveOf('90% over 30d'), 15_000)?.why).toContain('rate of 1,');
    expect(neverFires({ ...hourly, burn: '9.999999999' }, objectiveOf('90% over 30d'), 15_000)).toBeUndefined();
  });

  test('is one whose short window holds fewer than two measurements', () => {
    expect(neverFires(hourly, objectiveOf('99.9% over 30d'), 150_000)).toBeUndefined();
    expect(neverFires(hourly, objectiveOf('99.9% over 30d'), 150_001)?.why).toContain('holds fewer');
  });
});

test('a duration is spelled in the largest unit that it is whole in, and read again', () => {
  expect([1, 999, 1_000, 70_000, 90_000, 3_600_000, 86_400_000, 2_592_000_000].map(toDuration)).toEqual([
    '1ms',
    '999ms',
    '1s',
    '70s',
    '90s',
    '1h',
    '1d',
    '30d',
  ]);
  fc.assert(fc.property(fc.integer({ min: 1, max: 10 ** 12 }), ms => toMilliseconds(toDuration(ms)) === ms));
});
