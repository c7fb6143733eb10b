import { expect, test } from 'vitest';
import { readSettings } from './settings.ts';

const read = (path: string): string => `what is in ${path}`;

test('a container without further settings finds who it is where secrets are', () => {
  const { port, fault, database } = readSettings({}, read);
  expect({ port, fault }).toEqual({ port: 8080, fault: 'none' });
  expect(database).toMatchObject({
    user: 'what is in /run/secrets/database-user',
    password: 'what is in /run/secrets/database-password',
    authority: 'what is in /etc/shop/database-authority.pem',
  });
});

test('the environment says where the database is', () => {
  const { database } = readSettings({ DATABASE_HOST: 'db-1', DATABASE_PORT: '6432', DATABASE_NAME: 'tea' }, read);
  expect(database).toMatchObject({ host: 'db-1', port: 6432, name: 'tea' });
});

test('a port that is no number is refused by name', () => {
  expect(() => readSettings({ PORT: '80a' }, read)).toThrow('PORT is not a number: 80a');
});

test('only faults that exist can be asked for', () => {
  expect(readSettings({ SHOP_FAULT: 'never-healthy' }, read).fault).toBe('never-healthy');
  expect(() => readSettings({ SHOP_FAULT: 'slow' }, read)).toThrow('SHOP_FAULT is none of none, never-healthy');
});
