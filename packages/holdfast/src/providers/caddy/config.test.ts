import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { RouteTable, Upstream } from '../../ports/desires.ts';
import { switchConfig, tableOf } from './config.ts';

const label = fc.stringMatching(/^[a-z][a-z0-9-]{0,8}[a-z0-9]$/);
const host = fc.array(label, { minLength: 1, maxLength: 3 }).map(labels => labels.join('.'));
const path = fc.array(label, { maxLength: 3 }).map(parts => `/${parts.join('/')}`);
const pathOrFolder = fc.tuple(path, fc.boolean()).map(([at, open]) => (open && at !== '/' ? `${at}/` : at));
const upstream = fc
  .tuple(label, fc.integer({ min: 1, max: 65_535 }))
  .map(([name, port]): Upstream => `${name}:${port}`);
const row = fc.record({ host, path: pathOrFolder, upstreams: fc.array(upstream, { maxLength: 4 }) });

const routesOf = (table: readonly RouteTable[]) => switchConfig(table).apps.http.servers.switch.routes;

describe('the configuration of a switch', () => {
  test('gives back the table that it was made of', () => {
    fc.assert(
      fc.property(fc.array(row, { maxLength: 8 }), table => {
        const read = tableOf(JSON.parse(JSON.stringify(switchConfig(table))));
        expect(read.toSorted(byText)).toEqual(table.toSorted(byText));
      }),
    );
  });

  test('tries the longest path first, so that a shorter one does not take its requests', () => {
    const table = ['/', '/api', '/api/v2'].map(
      (at): RouteTable => ({ host: 'shop.test', path: at, upstreams: ['a:1'] }),
    );
    expect(tableOf(switchConfig(table)).map(({ path: at }) => at)).toEqual(['/api/v2', '/api', '/']);
  });

  test('never sends again what may have a body', () => {
    const routes = JSON.stringify(routesOf([{ host: 'shop.test', path: '/', upstreams: ['a:1'] }]));
    const [patient = '', once = ''] = routes.split('"OPTIONS"')[1]?.split('"load_balancing"').slice(1) ?? [];
    expect(patient).toContain('"try_duration"');
    expect(once).not.toContain('"try_duration"');
  });

  test('holds nothing against an instance that is alone', () => {
    const of = (...upstreams: Upstream[]) => JSON.stringify(routesOf([{ host: 'shop.test', path: '/', upstreams }]));
    expect(of('a:1')).not.toContain('health_checks');
    expect(of('a:1', 'b:1')).toContain('health_checks');
  });

  test('that is not of ours is refused', () => {
    expect(() => tableOf({ apps: { http: { servers: { other: {} } } } })).toThrow();
  });
});

const byText = (a: unknown, b: unknown): number => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1);
