import { expect, test } from 'vitest';
import { addressOf } from './address.ts';
import { apartFor, wholeUrl } from './elsewhere.ts';

test.each([
  ['postgres://ops@db.example/holdfast', {}, undefined],
  ['postgres:///holdfast', { PGHOST: 'db.example' }, undefined],
  ['postgres://ops@db.example/holdfast?sslmode=verify-full', {}, undefined],
  ['postgres://ops@localhost/holdfast', {}, 'its address is this machine’s own'],
  ['postgres://ops@127.0.0.1:5433/holdfast', {}, 'its address is this machine’s own'],
  ['postgres:///holdfast?host=/run/postgresql', {}, 'its address is this machine’s own'],
  ['postgres:///holdfast', {}, 'its address is this machine’s own'],
])('what is at %s with %j: %s', (url, env, wanted) => {
  expect(apartFor(addressOf(url), env)).toBe(wanted);
});

test.each([
  [
    'postgres://ops:p%40ss@db.example:5433/holdfast?sslmode=require',
    {},
    'postgres://ops:p%40ss@db.example:5433/holdfast?sslmode=require',
  ],
  ['postgres://ops@db.example/holdfast', { PGPASSWORD: 'p@/s' }, 'postgres://ops:p%40%2Fs@db.example:5432/holdfast'],
  [
    'postgres:///?schema=own',
    { PGHOST: 'db.example', PGPORT: '6000', PGUSER: 'ops', PGDATABASE: 'log', PGPASSWORD: 'x' },
    'postgres://ops:x@db.example:6000/log?schema=own',
  ],
])('%s with %j is, for others, %s', async (url, env, wanted) => {
  const whole = await wholeUrl(addressOf(url), env);
  expect(whole.reveal()).toBe(wanted);
  expect(String(addressOf(whole.reveal()).options.password)).toBe(String(addressOf(wanted).options.password));
  expect(JSON.stringify(whole)).not.toContain('p%40');
});
