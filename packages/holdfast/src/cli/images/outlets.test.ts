import { expect, test } from 'vitest';
import { destinationOf } from './outlets.ts';

test('a folder, a registry and the engines are destinations', () => {
  expect(destinationOf('oci:./out', '/home/ada')).toEqual({ kind: 'oci', folder: '/home/ada/out' });
  expect(destinationOf('registry:localhost:5000/team/shop/', '/')).toEqual({
    kind: 'registry',
    host: 'localhost:5000',
    path: 'team/shop',
  });
  expect(destinationOf('registry:registry.example', '/')).toMatchObject({ host: 'registry.example', path: '' });
  expect(destinationOf('engine:localhost:5000/team', '/')).toEqual({
    kind: 'engine',
    repository: 'localhost:5000/team',
  });
});

test.each(['out', 'oci:', 'registry:', 'registry:/team', 'engine:Team', 'engine:team/', 'docker:web'])(
  '%s is none, and what is one is told',
  text => {
    expect(() => destinationOf(text, '/')).toThrow(expect.objectContaining({ exit: 2 }));
  },
);
