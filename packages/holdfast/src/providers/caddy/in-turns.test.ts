import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { inTurns } from './in-turns.ts';

test('changes of one edge wait for each other, even when one fails; those of another edge do not wait', async () => {
  const [serially, told] = [inTurns(), [] as string[]];
  const task = (name: string, ms: number) => async () => {
    await sleep(ms);
    told.push(name);
    if (name === 'fails') throw new Error(name);
  };
  const all = [
    serially('a', task('first', 60)),
    serially('a', task('fails', 10)),
    serially('a', task('last', 0)),
    serially('b', task('other', 20)),
  ];
  expect((await Promise.allSettled(all)).map(({ status }) => status)).toEqual([
    'fulfilled',
    'rejected',
    'fulfilled',
    'fulfilled',
  ]);
  expect(told).toEqual(['other', 'first', 'fails', 'last']);
});
