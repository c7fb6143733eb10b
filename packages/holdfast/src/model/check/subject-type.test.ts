import { describe, expect, expectTypeOf, test } from 'vitest';
import { Problem } from '../../kit/problem.ts';
import { judge, sentenceOf } from '../assertion/judge.ts';
import { factsOfCommand } from '../assertion/software/custom.ts';
import { check } from '../check.ts';
import { image } from '../image.ts';
import { system } from '../system.ts';
import { resourcesOf } from '../system-model.ts';
import { subjectType } from './subject-type.ts';

// A type of one's own, in ten lines.
const redis = subjectType({
  name: 'redis',
  facts: (section: string) => ({ command: ['redis-cli', 'info', section], parse: 'pairs' }),
  matchers: {
    isPrimary: { says: 'is the primary', fact: '.role', equals: 'master' },
    hasVersion: { says: 'has version', fact: '.redis_version', takes: 'matches' },
    hasClientsBelow: { says: 'has fewer clients than', fact: '.connected_clients', takes: 'below' },
  },
});

const model = system('shop', () => {
  check(image('cache', { archive: '../cache.tar' }), it => {
    it.a(redis, 'replication').isPrimary().not.hasClientsBelow(1);
    it.a(redis, 'server').eventually('5s').hasVersion(/^7\./);
  });
});
const assertions = resourcesOf(model, 'check').flatMap(({ spec }) => spec.assertions);

describe('a type of one’s own', () => {
  test('is plain data: a command, how it is read, and what is compared', () => {
    expect(assertions[1]).toEqual({
      of: {
        type: 'custom',
        name: 'redis',
        words: ['replication'],
        command: ['redis-cli', 'info', 'replication'],
        parse: 'pairs',
      },
      matcher: 'compares',
      given: ['has fewer clients than 1', '.connected_clients', 'below', 1],
      negated: true,
    });
    expect(JSON.parse(JSON.stringify(assertions))).toEqual(assertions);
  });

  test('reads as sentences', () => {
    expect(assertions.map(sentenceOf)).toEqual([
      'redis replication is the primary',
      'redis replication does not have fewer clients than 1',
      'redis server has version /^7\\./ within 5s',
    ]);
  });

  test('is judged by what its command prints', () => {
    const stdout = '# Replication\r\nrole:slave\r\nconnected_clients:12\r\nredis_version:7.0.15\r\n';
    const looked = factsOfCommand('pairs', { exitCode: 0, stdout, stderr: '' });
    expect(assertions.map(one => judge(one, looked))).toEqual([
      { ok: false, expected: 'is the primary', found: '"slave"' },
      { ok: true, expected: 'does not have fewer clients than 1', found: '12' },
      { ok: true, expected: 'has version /^7\\./', found: '"7.0.15"' },
    ]);
  });

  test('fails either way where its command fails', () => {
    const looked = factsOfCommand('pairs', { exitCode: 1, stdout: '', stderr: 'no route to host' });
    expect(assertions.map(one => judge(one, looked).ok)).toEqual([false, false, false]);
  });

  test('is typed by its matchers', () => {
    system('shop', () => {
      check(image('cache', { archive: '../cache.tar' }), it => {
        const subject = it.a(redis, 'clients');
        expectTypeOf(subject.isPrimary).parameters.toEqualTypeOf<[]>();
        expectTypeOf(subject.hasClientsBelow).parameters.toEqualTypeOf<[expected: number]>();
        expectTypeOf(subject.hasVersion).parameters.toEqualTypeOf<[expected: RegExp]>();
        expectTypeOf(subject).not.toHaveProperty('hasRole');
        subject.isPrimary();
      });
    });
  });
});

test.each([
  ['text', ' a b \n', 'a b'],
  ['number', ' 12.5\n', 12.5],
  ['lines', 'a\n\n b\r\n', ['a', 'b']],
  ['pairs', 'a: 1\nb=x y\n# none\nc:', { a: 1, b: 'x y', c: '' }],
  ['json', '{"a":[1]}', { a: [1] }],
] as const)('%s of %j', (parse, stdout, value) => {
  expect(factsOfCommand(parse, { exitCode: 0, stdout, stderr: '' })).toEqual({ facts: { value } });
});

test.each([
  ['number', 'many'],
  ['number', ''],
  ['json', '{'],
] as const)('%s of %j is not known', (parse, stdout) => {
  expect(factsOfCommand(parse, { exitCode: 0, stdout, stderr: '' })).toHaveProperty('unknown');
});

const facts = () => ({ command: 'true', parse: 'text' }) as const;

test.each<[string, object, string]>([
  ['without matchers', { name: 'redis', facts, matchers: {} }, 'has no matchers'],
  ['without a comparison', { name: 'redis', facts, matchers: { is: { says: 'is it' } } }, 'with nothing'],
  ['with two', { name: 'redis', facts, matchers: { is: { says: 'is', equals: 1, below: 2 } } }, 'in several ways'],
  ['with no verb', { name: 'redis', facts, matchers: { is: { says: 'primary', equals: 1 } } }, 'begin with a verb'],
  ['that matches all', { name: 'redis', facts, matchers: { is: { says: 'is', matches: /x*/ } } }, 'pattern'],
  ['called not', { name: 'redis', facts, matchers: { not: { says: 'is', equals: 1 } } }, 'is called not'],
  ['without facts', { name: 'redis', matchers: { is: { says: 'is', equals: 1 } } }, 'facts is missing'],
])('a type %s is refused', (_, options, what) => {
  const made = () => subjectType(options as Parameters<typeof subjectType>[0]);
  expect(made).toThrow(Problem);
  expect(made).toThrow(what);
});
