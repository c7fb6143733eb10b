import { describe, expect, expectTypeOf, test } from 'vitest';
import { Problems } from '../kit/problem.ts';
import { authority, type CertificateOptions, certificate } from './certificate.ts';
import { declaredFor } from './declaration/slot.ts';
import { image } from './image.ts';
import { network } from './network.ts';
import type { Ref } from './ref.ts';
import { secret } from './secret.ts';
import { service } from './service.ts';
import { system } from './system.ts';
import { byAddress, type SystemModel } from './system-model.ts';
import { text } from './text.ts';

const declared = (build: () => void): SystemModel => declaredFor({ name: 'local' }, () => system('shop', build));

function problemsOf(build: () => void): readonly string[] {
  try {
    declared(build);
  } catch (error) {
    if (error instanceof Problems) return error.problems.map(({ message }) => message);
    throw error;
  }
  return [];
}

const specOf = (model: SystemModel, name: string) => byAddress(model).get(`secret/${name}`);

describe('a certificate', () => {
  test('is plain data, and needs its authority', () => {
    const model = declared(() => {
      const ca = authority('ca');
      certificate('one', { by: ca, names: ['db', 'db-1', '127.0.0.1', 'db'] });
      certificate('two', { by: ca, names: ['db'], days: 90 });
    });
    expect(specOf(model, 'ca')).toMatchObject({ spec: { generate: { authority: {} } }, needs: [] });
    expect(specOf(model, 'one')).toMatchObject({
      spec: { generate: { certificate: { by: 'secret/ca', names: ['db', 'db-1', '127.0.0.1'], days: 825 } } },
      needs: ['secret/ca'],
    });
    expect(specOf(model, 'two')).toMatchObject({ spec: { generate: { certificate: { days: 90 } } } });
  });

  test('is given whole or in parts, and what is given it needs it', () => {
    const model = declared(() => {
      const ca = authority('ca');
      const leaf = certificate('leaf', { by: ca, names: ['db'] });
      const password = secret('password', { generate: 32 });
      const files = { '/a': leaf, '/b': leaf.key, '/c': leaf.certificate, '/d': ca.certificate };
      const env = { USER: text`app_${password.mark}`, CA: ca.mark };
      service('web', { image: image('base', { archive: './base.tar' }), network: network('lan'), files, env });
      expectTypeOf(leaf.key).toEqualTypeOf<Ref>();
    });
    const web = byAddress(model).get('service/web');
    expect(web).toMatchObject({
      spec: {
        files: {
          '/a': { content: { $secret: 'leaf' } },
          '/b': { content: { $secret: 'leaf', part: 'key' } },
          '/c': { content: { $secret: 'leaf', part: 'certificate' } },
          '/d': { content: { $secret: 'ca', part: 'certificate' } },
        },
        env: { USER: { $text: ['app_', { $secret: 'password', part: 'mark' }] }, CA: { $secret: 'ca', part: 'mark' } },
      },
    });
    expect(web?.needs).toEqual(expect.arrayContaining(['secret/leaf', 'secret/ca', 'secret/password']));
  });

  test('has parts that can not be printed while the system is declared', () => {
    declared(() => {
      const leaf = certificate('leaf', { by: authority('ca'), names: ['db'] });
      expect(() => `${leaf.key}`).toThrow('the key of secret "leaf" was printed too early');
    });
  });

  test.each<[string, Partial<Record<keyof CertificateOptions, unknown>>, string]>([
    ['no name', { names: [] }, 'which is not an array of names'],
    ['names that are no array', { names: 'db' }, 'secret "leaf" → names is'],
    ['a name that is none', { names: ['db', 'DB_1'] }, '"DB_1", which is not a host name or an IPv4 address'],
    ['an IPv6 address', { names: ['::1'] }, '"::1", which is not a host name or an IPv4 address'],
    ['too long a first name', { names: [`${'a'.repeat(60)}.test`] }, 'which is not an array of names'],
    ['too many days', { days: 826 }, 'which is not a whole number from 1 to 825'],
    ['no authority', { by: undefined }, 'secret "leaf" → by is missing'],
  ])('with %s is refused', (_, wrong, what) => {
    const problems = problemsOf(() => {
      const options = { by: authority('ca'), names: ['db'], ...wrong };
      certificate('leaf', options as CertificateOptions);
    });
    expect(problems).toEqual([expect.stringContaining(what)]);
  });

  test('by what signs nothing is refused', () => {
    const problems = problemsOf(() => {
      certificate('leaf', { by: secret('password', { generate: 32 }) as never, names: ['db'] });
    });
    expect(problems).toEqual(['secret "leaf" → by is secret "password", which signs nothing']);
  });

  test('by an authority that was refused itself is not refused again', () => {
    const problems = problemsOf(() => {
      certificate('leaf', { by: authority('ca', { typo: 1 } as never), names: ['db'] });
    });
    expect(problems).toEqual(['secret "ca" → typo is not known here']);
  });
});
