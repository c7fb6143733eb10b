import { expect, test } from 'vitest';
import { isLoss, persistently } from './persistence.ts';

const withCode = (code: string): Error => Object.assign(new Error('no'), { code });

test('what meets a lost connection is done again until it is done', async () => {
  let tries = 0;
  const done = persistently(async () => {
    tries += 1;
    if (tries < 3) throw withCode('ECONNRESET');
    return 'done';
  });
  expect(await done).toBe('done');
  expect(tries).toBe(3);
});

test('what fails for another reason is not done again', async () => {
  let tries = 0;
  const done = persistently(async () => {
    tries += 1;
    throw withCode('23505');
  });
  await expect(done).rejects.toThrow('no');
  expect(tries).toBe(1);
});

test('who has waited long enough is told', async () => {
  const lost = async () => {
    throw withCode('57P01');
  };
  await expect(persistently(lost, Date.now() + 250)).rejects.toThrow('no');
});

test.each([
  [withCode('08006'), true],
  [withCode('25006'), true],
  [new Error('Connection terminated unexpectedly'), true],
  [new Error('timeout exceeded when trying to connect'), true],
  [new AggregateError([withCode('ECONNREFUSED'), withCode('ECONNREFUSED')]), true],
  [withCode('28P01'), false],
  [new Error('the connection was not even tried'), false],
  ['ECONNRESET', false],
])('%s is a loss: %s', (error, isIt) => {
  expect(isLoss(error)).toBe(isIt);
});
