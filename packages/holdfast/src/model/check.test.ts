import { describe, expect, test } from 'vitest';
import { type Problem, Problems } from '../kit/problem.ts';
import { judge, sentenceOf } from './assertion/judge.ts';
import { check } from './check.ts';
import { image } from './image.ts';
import type { AssertionSpec } from './spec/check-spec.ts';
import type { ImageSubjects } from './subjects/targets.ts';
import { system } from './system.ts';
import { resourcesOf } from './system-model.ts';

const checks = (...says: ((it: ImageSubjects) => void)[]) =>
  resourcesOf(
    system('shop', () => {
      const web = image('web', { archive: './web.tar' });
      for (const say of says) check(web, say);
    }),
    'check',
  );

const assertions = (say: (it: ImageSubjects) => void): readonly AssertionSpec[] =>
  checks(say)[0]?.spec.assertions ?? [];

const sentences = (say: (it: ImageSubjects) => void): readonly string[] => assertions(say).map(sentenceOf);

function problemOf(say: (it: ImageSubjects) => void): Problem | undefined {
  try {
    checks(say);
  } catch (error) {
    if (error instanceof Problems) return error.problems[0];
    throw error;
  }
  return undefined;
}

describe('a check', () => {
  test('is plain data that needs its target', () => {
    const [only] = checks(it => void it.file('/app').exists());
    expect(only).toMatchObject({
      kind: 'check',
      name: 'web',
      needs: ['image/web'],
      spec: {
        target: 'image/web',
        assertions: [{ of: { type: 'file', path: '/app' }, matcher: 'exists', negated: false }],
      },
    });
    expect(JSON.parse(JSON.stringify(only))).toEqual(only);
  });

  test('is named after its target, with a number from the second one on', () => {
    const said = (it: ImageSubjects) => void it.user('app').exists();
    expect(checks(said, said, said).map(({ name }) => name)).toEqual(['web', 'web-2', 'web-3']);
  });

  test('reads as sentences, the denied ones too', () => {
    expect(
      sentences(it => {
        it.command('node --version').exits(0).prints('v24').not.complains('warning');
        it.command("test -n '$HOME'").exits(0);
        it.file('/app/server.js').hasMode('644').not.isDirectory().isOwnedBy('root').not.contains('key');
        it.user('app').hasUid(10_001);
        it.user('nobody').not.exists();
        it.port(8080).listens();
        it.http(8080, '/healthz').not.answers(500);
      }),
    ).toEqual([
      '`node --version` exits with 0',
      '`node --version` prints "v24"',
      '`node --version` does not say "warning" on stderr',
      "`test -n '$HOME'` exits with 0",
      '/app/server.js has mode 0644',
      '/app/server.js is not a directory',
      '/app/server.js is owned by root',
      '/app/server.js does not contain "key"',
      'user app has uid 10001',
      'user nobody does not exist',
      'port 8080 listens',
      'GET /healthz on port 8080 does not answer 500',
    ]);
  });

  test('splits plain words, and gives the rest to a shell', () => {
    const commands = assertions(it => {
      it.command('node  --version').exits(0);
      it.command('echo a | cat').exits(0);
      it.command(['echo', 'a b']).exits(0);
    }).map(({ of }) => of.type === 'command' && of.command);
    expect(commands).toEqual([
      ['node', '--version'],
      ['sh', '-c', 'echo a | cat'],
      ['echo', 'a b'],
    ]);
  });

  test('that is async is refused', () => {
    expect(problemOf(async it => void it.user('app').exists())?.message).toContain('is async');
  });
});

describe('what can not fail is refused', () => {
  test.each<[string, (it: ImageSubjects) => void, string]>([
    ['a subject of which nothing is said', it => void it.file('/app'), 'nothing is said of /app'],
    ['one that was only given time', it => void it.port(80).eventually('5s'), 'nothing is said of port 80'],
    ['one that was only denied', it => void it.user('app').not, 'nothing is said of user app'],
    ['an empty text', it => void it.file('/app').contains(''), 'is "", which is not a text'],
    ['a pattern of nothing', it => void it.file('/app').contains(/x*/), 'what contains(…) was given is an object'],
    ['one that remembers', it => void it.file('/app').contains(/x*|y/g), 'what contains(…) was given is an object'],
    ['an empty list of statuses', it => void it.http(80, '/').answers([]), 'is an empty array'],
    ['the same again', it => void it.file('/app').exists().exists(), 'it is said twice that /app exists'],
    [
      'the same, given other time',
      it => void [it.port(80).listens(), it.port(80).eventually('5s').listens()],
      'it is said twice that port 80 listens',
    ],
    ['the same mode', it => void it.file('/app').hasMode('644').hasMode('0644'), 'said twice that /app has mode 0644'],
    ['both a thing and its opposite', it => void it.port(80).listens().not.listens(), 'and the opposite too'],
    ['nothing at all', () => {}, 'says nothing'],
  ])('%s', (_, say, what) => {
    expect(problemOf(say)?.message).toContain(what);
  });

  test('while what looks like it can fail, and is taken', () => {
    expect(
      sentences(it => {
        it.file('/app').contains(/a|b/).contains('a').not.contains('b').not.contains('c');
        it.http(80, '/').not.answers(500).not.answers(502);
      }),
    ).toHaveLength(6);
  });
});

describe('time', () => {
  const ofAll = (say: (it: ImageSubjects) => void) => assertions(say).map(({ of }) => of.eventually);

  test('is given to what needs it, and to nothing else', () => {
    const given = ofAll(it => {
      it.file('/app').exists();
      it.command('node -v').exits(0);
      it.port(80).listens();
      it.command('node -v').eventually('1m').prints('v24');
    });
    expect(given).toEqual([undefined, undefined, 30_000, 60_000]);
  });
});

describe('a verdict', () => {
  const verdict = (say: (it: ImageSubjects) => void, looked: Parameters<typeof judge>[1]) => {
    const [one] = assertions(say);
    if (!one) throw new Error('nothing is said');
    return judge(one, looked);
  };
  const facts = { type: 'file', mode: 0o600, uid: 0, gid: 0, size: 3, writable: ['/app'], user: 'root' } as const;

  test('says what was expected and what was found', () => {
    expect(verdict(it => void it.file('/app').hasMode('0644'), { facts })).toEqual({
      ok: false,
      expected: 'has mode 0644',
      found: 'mode 0600',
    });
    expect(verdict(it => void it.file('/app').not.hasMode('0644'), { facts }).ok).toBe(true);
  });

  test.each<[string, (it: ImageSubjects) => void, boolean]>([
    ['exists', it => void it.file('/app').exists(), true],
    ['is no directory', it => void it.file('/app').isDirectory(), false],
    ['is owned by a name', it => void it.file('/app').isOwnedBy('root'), true],
    ['is owned by numbers', it => void it.file('/app').isOwnedBy('0:0'), true],
    ['is owned by another group', it => void it.file('/app').isOwnedBy('root:1'), false],
    ['is not read-only', it => void it.file('/app').isReadOnly(), false],
    ['is not executable', it => void it.file('/app').isExecutable(), false],
  ])('on a file that %s', (_, say, ok) => {
    expect(verdict(say, { facts }).ok).toBe(ok);
  });

  test('of what is missing denies its presence and nothing else', () => {
    const missing = { missing: 'there is none' };
    expect(verdict(it => void it.file('/app').not.exists(), missing).ok).toBe(true);
    expect(verdict(it => void it.file('/app').exists(), missing)).toMatchObject({ ok: false, found: 'there is none' });
    expect(verdict(it => void it.file('/app').not.hasMode('0777'), missing).ok).toBe(false);
    expect(verdict(it => void it.http(80, '/').not.answers(500), missing).ok).toBe(false);
  });

  test('of what nobody could look at fails either way', () => {
    const unknown = { unknown: 'the container is gone' };
    expect(verdict(it => void it.file('/app').exists(), unknown).ok).toBe(false);
    expect(verdict(it => void it.file('/app').not.exists(), unknown).ok).toBe(false);
  });
});
