import { expect, test } from 'vitest';
import { readSettings } from './settings.ts';

const password = (path: string): string => `what is in ${path}`;

test('a container without further settings finds its password where secrets are', () => {
  const { port, fault, database } = readSettings({}, password);
  expect({ port, fault }).toEqual({ port: 8080, fault: 'none' });
  expect(database.password).toBe('what is in /run/secrets/database-password');
});

test('the environment says where the database is', () => {
  const { database } = readSettings({ DATABASE_HOST: 'db-1', DATABASE_PORT: '6432', DATABASE_NAME: 'tea' }, password);
  expect(database).toMatchObject({ host: 'db-1', port: 6432, name: 'tea', user: 'shop' });
});

test('a port that is no number is refused by name', () => {
  expect(() => readSettings({ PORT: '80a' }, password)).toThrow('PORT is not a number: 80a');
});

test('only faults that exist can be asked for', () => {
  expect(readSettings({ SHOP_FAULT: 'never-healthy' }, password).fault).toBe('never-healthy');
  expect(() => readSettings({ SHOP_FAULT: 'slow' }, password)).toThrow('SHOP_FAULT is none of none, never-healthy');
});
