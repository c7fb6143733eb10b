import { describe, expect, test } from 'vitest';
import { image } from '../model/image.ts';
import { network } from '../model/network.ts';
import { toValue } from '../model/ref.ts';
import { service } from '../model/service.ts';
import { system } from '../model/system.ts';
import { resourcesOf } from '../model/system-model.ts';
import { type EdgeHandle, type EdgeOptions, edge } from './edge.ts';

function declared(more: Partial<EdgeOptions> = {}) {
  let door: EdgeHandle | undefined;
  const model = system('shop', () => {
    const [lan, base] = [network('lan'), image('base', { archive: './base.tar' })];
    const web = service('web', { image: base, network: lan, ports: { http: 8080, admin: 9090 } });
    const routes = {
      'shop.test': web.port('http'),
      'api.test': { '/': web.port('http'), '/admin': web.port('admin') },
    };
    door = edge('door', { image: base, network: lan, routes, ...more });
  });
  const spec = resourcesOf(model, 'service').find(({ name }) => name === 'door')?.spec;
  return { model, spec, door: door as EdgeHandle };
}

describe('an edge', () => {
  test('is a service that takes a host port, and a table of routes', () => {
    const { model, spec } = declared();
    expect(spec).toMatchObject({ publish: ['http'], ports: { http: 80 }, user: '10080:10080', replicas: 1 });
    expect(resourcesOf(model, 'routes')[0]?.spec).toEqual({
      edge: 'service/door',
      drain: 10_000,
      routes: [
        { host: 'shop.test', path: '/', to: 'service/web', port: 8080 },
        { host: 'api.test', path: '/', to: 'service/web', port: 8080 },
        { host: 'api.test', path: '/admin', to: 'service/web', port: 9090 },
      ],
    });
  });

  test('answers inside to the hosts of its routes', () => {
    expect(declared().spec?.aliases).toEqual(['shop.test', 'api.test']);
  });

  test('gives those that stop the edge longer than requests may take', () => {
    const { spec } = declared({ drain: '30s' });
    expect(spec?.stopGrace).toBeGreaterThan(30_000);
    expect(spec?.files['/etc/holdfast/edge/front.json']?.content).toContain('"grace_period":"30000ms"');
  });

  test('can be told to others by its address and its URLs, which are known later', () => {
    const { door } = declared();
    expect(toValue(door.address)).toEqual({ $ref: { of: 'service/door', what: 'address' } });
    expect(toValue(door.url('/checkout'))).toEqual({ $ref: { of: 'service/door', what: 'url', rest: '/checkout' } });
  });

  test('keeps its name, engine and former names for both of what it declares', () => {
    const { model } = declared({ engine: 'front', movedFrom: 'gate' });
    const both = model.resources.filter(({ name }) => name === 'door');
    expect(both.map(({ engine, movedFrom }) => ({ engine, movedFrom }))).toEqual(
      Array(2).fill({ engine: 'front', movedFrom: ['gate'] }),
    );
  });

  test.each([
    ['a drain that is no duration', { drain: 'soon' as never }, 'drain'],
    ['a route to what is no port', { routes: { 'shop.test': 'web' as never } }, 'shop.test'],
    ['no routes', { routes: undefined as never }, 'routes'],
    ['a misspelt option', { rotues: {} } as never, 'rotues'],
    ['a host with a scheme', { routes: { 'http://shop.test': {} as never } }, 'http://shop.test'],
  ])('with %s is refused', (_, more, told) => {
    const problems = () => {
      try {
        declared(more);
      } catch (error) {
        return JSON.stringify((error as AggregateError).errors);
      }
      return 'was not refused';
    };
    expect(problems()).toContain(told);
  });
});
