import { describe, expect, test } from 'vitest';
import type { RouteTable } from './desires.ts';
import { shifted } from './shift.ts';

const shop = { host: 'shop.test', path: '/' };
const api = { host: 'shop.test', path: '/api' };
const table: readonly RouteTable[] = [
  { ...shop, upstreams: ['old-1:80', 'old-2:80'] },
  { ...api, upstreams: ['old-1:80'] },
];

describe('a shift', () => {
  test('puts one instance in the place of another, on its routes alone', () => {
    expect(shifted(table, { routes: [shop], add: ['new-1:80'], drop: ['old-1:80'] })).toEqual([
      { ...shop, upstreams: ['old-2:80', 'new-1:80'] },
      { ...api, upstreams: ['old-1:80'] },
    ]);
  });

  test('done twice is the same as done once', () => {
    const shift = { routes: [shop, api], add: ['new-1:80'], drop: ['old-1:80'] } as const;
    expect(shifted(shifted(table, shift), shift)).toEqual(shifted(table, shift));
  });

  test('adds a route that the table lacks', () => {
    const soon = { host: 'soon.test', path: '/' };
    expect(shifted(table, { routes: [soon], add: ['new-1:80'], drop: [] })).toContainEqual({
      ...soon,
      upstreams: ['new-1:80'],
    });
  });

  test('keeps what it is told to add, even when it is told to drop it too', () => {
    expect(shifted(table, { routes: [api], add: ['old-1:80'], drop: ['old-1:80'] })).toEqual(table);
  });
});
