import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { Problem } from '../../kit/problem.ts';
import type { AssertionSpec, SubjectSpec } from '../../model/spec/check-spec.ts';
import type { Looker, Sight, Tier } from '../../ports/looking/looker.ts';
import { type Observation, observe } from './observe.ts';
import { subjectsOf } from './subject.ts';

const signal = new AbortController().signal;

const file = (path: string, eventually?: number): SubjectSpec => ({
  type: 'file',
  path,
  ...(eventually !== undefined && { eventually }),
});

const says = (of: SubjectSpec, matcher = 'exists', negated = false): AssertionSpec => ({ of, matcher, negated });

const there: Extract<Sight, { looked: unknown }>['looked'] = {
  facts: { type: 'file', mode: 0o644, uid: 0, gid: 0, size: 0 },
};
const missing = { missing: 'there is none' };

type Answer = (of: SubjectSpec, look: number) => Sight | 'there' | 'missing';

/** One way to look, which answers as a test says; and what it was asked, look by look. */
function lookerThat(tier: Tier, answer: Answer, more: Partial<Looker<string>> = {}) {
  const asked: string[][] = [];
  const looker: Looker<string> = {
    tier,
    isTogether: true,
    sees: () => true,
    async look(_, subjects) {
      const look = asked.push(subjects.map(({ of }) => ('path' in of ? of.path : of.type)));
      return new Map(subjects.map(({ of }) => [of, sightOf(answer(of, look))]));
    },
    ...more,
  };
  const sightOf = (said: Sight | 'there' | 'missing'): Sight =>
    typeof said === 'string' ? { looked: said === 'there' ? there : missing, tier, at: 1, milliseconds: 2 } : said;
  return { looker, asked };
}

const look = (said: readonly AssertionSpec[], lookers: readonly Looker<string>[], late = signal) =>
  observe([{ target: 'web', subjects: subjectsOf(said), lookers }], late);

const nothingElse = { of: { type: 'listening' }, matcher: 'none', negated: false } as const;

/** As it is, and nothing listens. */
const hearing = (looker: Looker<string>): Looker<string> => ({
  ...looker,
  async look(target, subjects, until) {
    const silent = { looked: { facts: { sockets: [] } }, tier: 'proc', at: 1, milliseconds: 2 } as const;
    const sights = await looker.look(target, subjects, until);
    return new Map([...sights].map(([of, sight]) => [of, of.type === 'file' ? sight : silent]));
  },
});

const told = (all: readonly Observation<string>[]) =>
  Object.fromEntries(
    all.map(({ subject: { of }, looked, tier }) => ['path' in of ? of.path : of.type, [tier, Object.keys(looked)[0]]]),
  );

describe('what is said of a target', () => {
  test('is looked at once, however much is said of it', async () => {
    const { looker, asked } = lookerThat('proc', () => 'there');
    const all = await look([says(file('/a')), says(file('/a'), 'isFile'), says(file('/b'))], [looker]);
    expect(asked).toEqual([['/a', '/b']]);
    expect(all.map(({ subject }) => subject.said.length)).toEqual([2, 1]);
  });

  test('is looked at in the cheapest way that can tell, and only what it can not in the next', async () => {
    const cheap = lookerThat('proc', of => ('path' in of && of.path === '/b' ? { elsewhere: 'not here' } : 'there'));
    const dear = lookerThat('session', () => 'there');
    const all = await look([says(file('/a')), says(file('/b'))], [cheap.looker, dear.looker]);
    expect(told(all)).toEqual({ '/a': ['proc', 'facts'], '/b': ['session', 'facts'] });
    expect(dear.asked).toEqual([['/b']]);
  });

  test('is looked at last where it is all that listens or runs: there may be more once the rest is there', async () => {
    const { looker, asked } = lookerThat('proc', (_, at) => (at < 3 ? 'missing' : 'there'));
    const all = await look([nothingElse, says(file('/a', 5_000))], [hearing(looker)]);
    expect(asked).toEqual([['/a', 'listening'], ['/a'], ['/a'], ['listening']]);
    expect(all.map(({ subject }) => subject.of.type)).toEqual(['file', 'listening']);
  });

  test('is looked at in one go where nothing has to be waited for', async () => {
    const { looker, asked } = lookerThat('proc', () => 'there');
    const all = await look([nothingElse, says(file('/a', 5_000)), says(file('/b'))], [hearing(looker)]);
    expect(all).toHaveLength(3);
    expect(asked).toEqual([['/a', '/b', 'listening']]);
  });

  test('is unknown where no way can tell, with the last reason', async () => {
    const { looker } = lookerThat('proc', () => ({ elsewhere: 'it is dark' }));
    const blind = lookerThat('api', () => 'there', { sees: () => false });
    const [first] = await look([says(file('/a'))], [looker, blind.looker]);
    expect(first).toMatchObject({ looked: { unknown: 'it is dark' }, tier: 'proc' });
    const [second] = await look([says(file('/a'))], [blind.looker]);
    expect(second?.looked).toEqual({ unknown: 'there is no way to look at it here' });
  });

  test('is looked at in another way where one fails as a whole; a mistake of ours is told as one', async () => {
    const fails = (error: Error): Looker<string> => ({
      tier: 'api',
      isTogether: true,
      sees: () => true,
      look: () => Promise.reject(error),
    });
    const { looker } = lookerThat('outside', () => 'there');
    const gone = fails(new Problem({ what: 'the engine is gone' }));
    expect(told(await look([says(file('/a'))], [gone, looker]))).toEqual({ '/a': ['outside', 'facts'] });
    await expect(look([says(file('/a'))], [fails(new TypeError('a mistake')), looker])).rejects.toThrow('a mistake');
  });

  test('and may take its time is looked at again, and nothing else is', async () => {
    const { looker, asked } = lookerThat('proc', (of, number) =>
      'path' in of && of.path === '/late' && number < 3 ? 'missing' : 'there',
    );
    const all = await look([says(file('/late', 5_000)), says(file('/early', 5_000)), says(file('/once'))], [looker]);
    expect(asked).toEqual([['/late', '/early', '/once'], ['/late'], ['/late']]);
    const after = Object.fromEntries(
      all.map(one => ['path' in one.subject.of ? one.subject.of.path : '', one.readyAfter]),
    );
    expect(after['/once']).toBeUndefined();
    expect(after['/late']).toBeGreaterThan(100);
    expect(after['/early']).toBeLessThan(after['/late'] ?? 0);
  });

  test('and is never so is given up when its time is up', async () => {
    const { looker, asked } = lookerThat('proc', () => 'missing');
    const startedAt = performance.now();
    const [first] = await look([says(file('/a', 300))], [looker]);
    expect(first).toMatchObject({ looked: missing });
    expect(first).not.toHaveProperty('readyAfter');
    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(299);
    expect(asked.length).toBeLessThan(8);
  });

  test('and must not be so is looked at last: it could begin', async () => {
    let isUp = false;
    const { looker } = lookerThat('proc', (of, number) => {
      isUp ||= number === 2;
      return 'path' in of && of.path === '/bad' ? (isUp ? 'there' : 'missing') : isUp ? 'there' : 'missing';
    });
    const all = await look([says(file('/bad', 200), 'exists', true), says(file('/good', 5_000))], [looker]);
    expect(told(all)).toEqual({ '/good': ['proc', 'facts'], '/bad': ['proc', 'facts'] });
  });

  test('waits for no other where each is seen by itself', async () => {
    const order: string[] = [];
    const slow = lookerThat('session', () => 'there', { isTogether: false });
    const looker: Looker<string> = {
      ...slow.looker,
      async look(target, asked, late) {
        const [one] = asked;
        if (one && 'path' in one.of && one.of.path === '/slow') await pause(200);
        return slow.looker.look(target, asked, late);
      },
    };
    const subjects = subjectsOf([says(file('/slow')), says(file('/quick'))]);
    await observe([{ target: 'web', subjects, lookers: [looker] }], signal, {
      onObserved: ({ subject: { of } }) => order.push('path' in of ? of.path : ''),
    });
    expect(order).toEqual(['/quick', '/slow']);
  });

  test('is looked at no longer than somebody waits', async () => {
    const { looker } = lookerThat('proc', () => 'missing');
    await expect(look([says(file('/a', 60_000))], [looker], AbortSignal.timeout(100))).rejects.toThrow(/abort/i);
  });
});
