import { expect, test } from 'vitest';
import { declaredFor } from '../../model/declaration/slot.ts';
import { network } from '../../model/network.ts';
import { system } from '../../model/system.ts';
import { postgres } from '../../parts/postgres.ts';
import { nextSteps } from './next-steps.ts';

const declaredIn = (environment: string) =>
  declaredFor({ name: environment }, () =>
    system('shop', () => void postgres('orders-db', { network: network('lan'), database: 'orders' })),
  );
const restored = { database: 'orders-db', told: { into: 'before' }, leads: 'orders-db.1' };

test('the commands after a restore name the servers, the database inside, and the environment where it is not the usual one', () => {
  expect(nextSteps(restored, declaredIn('production'))).toEqual({
    look: 'holdfast exec --env production before -- psql orders',
    copy:
      'holdfast exec --env production before -- pg_dump --table TABLE orders >TABLE.sql && ' +
      'holdfast exec --env production orders-db.1 -- psql --set ON_ERROR_STOP=1 --single-transaction orders <TABLE.sql',
    remove: 'holdfast restore --env production --remove before',
  });
});

test('where nobody leads there is nowhere to copy to', () => {
  const { leads: _, ...alone } = restored;
  expect(nextSteps(alone, declaredIn('local'))).toEqual({
    look: 'holdfast exec before -- psql orders',
    remove: 'holdfast restore --remove before',
  });
});
