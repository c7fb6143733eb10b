import { describe, expect, test } from 'vitest';
import type { Address } from '../../model/address.ts';
import { outside } from '../../model/check/target.ts';
import { waive } from '../../model/check/waiver.ts';
import { check } from '../../model/check.ts';
import { image } from '../../model/image.ts';
import { network } from '../../model/network.ts';
import { service } from '../../model/service.ts';
import { system } from '../../model/system.ts';
import { resourcesOf } from '../../model/system-model.ts';
import { team } from '../../model/team.ts';
import type { Asked, Looker, Sight } from '../../ports/looking/looker.ts';
import { isKept, type Outcome, resultsIn } from '../outcome.ts';
import type { FindPlaces, Place, Places } from './place.ts';
import { runChecks } from './run-checks.ts';

/** What is at a place: by path, its mode. */
type Tree = Readonly<Record<string, number>>;

/** Two files of a service, one of them waived for a while, and one of its image. */
const model = system('shop', () => {
  const crew = team('crew', { people: ['ada@shop.example'] });
  const base = image('web', { archive: './web.tar' });
  const web = service('web', { image: base, network: network('lan') });
  check(web, it => {
    it.file('/app').hasMode('0755');
    it.file('/srv').exists();
  });
  check(base, it => {
    it.file('/app').exists();
    it.file('/app').hasMode('0755');
  });
  check(outside, it => it.http('https://shop.example/').answers(200));
  waive('/srv exists', { owner: crew, because: 'it moves away', until: '2026-12-31' });
});
const checks = resourcesOf(model, 'check');
const ofWeb = checks.filter(({ spec }) => spec.target === 'service/web');
const ofImage = checks.filter(({ spec }) => spec.target === 'image/web');

const asked: string[] = [];

const treeLooker: Looker<Tree> = {
  tier: 'proc',
  isTogether: true,
  sees: ({ type }) => type === 'file',
  look: async (tree, all) => new Map(all.map(one => [one.of, sightOf(tree, one)])),
};

function sightOf(tree: Tree, { of }: Asked): Sight {
  const path = 'path' in of ? of.path : '';
  asked.push(path);
  const mode = tree[path];
  const facts = { type: 'file', mode: mode ?? 0, uid: 0, gid: 0, size: 0 } as const;
  return {
    looked: mode === undefined ? { missing: 'there is none' } : { facts },
    tier: 'proc',
    at: 1,
    milliseconds: 2,
  };
}

const place = (name: string, target: Tree, more: Partial<Place> = {}): Place => ({
  name,
  target,
  lookers: [treeLooker] as readonly Looker<never>[] as Place['lookers'],
  ...more,
});

interface Choices {
  readonly of?: typeof checks;
  readonly now?: string;
  readonly signal?: AbortSignal;
}

const run = (found: Places | FindPlaces, { of = ofWeb, now = '2026-11-01T10:00:00Z', ...more }: Choices = {}) => {
  asked.length = 0;
  return runChecks({
    about: { system: 'shop', environment: 'local' },
    checks: of,
    placesOf: typeof found === 'function' ? found : async () => found,
    clock: () => Date.parse(now),
    signal: new AbortController().signal,
    ...more,
  });
};

const told = (outcome: Outcome) =>
  resultsIn(outcome).map(result => [result.status, result.sentence, 'found' in result ? result.found : undefined]);

const sound: Tree = { '/app': 0o755, '/srv': 0o755 };

describe('what is said of a service', () => {
  test('holds where it holds in all of its places, and is of their digest', async () => {
    const outcome = await run({
      places: [place('web.1', sound, { digest: 'sha256:aa' }), place('web.2', sound, { digest: 'sha256:aa' })],
    });
    expect(isKept(outcome)).toBe(true);
    expect(outcome).toMatchObject({ began: '2026-11-01T10:00:00.000Z', system: 'shop' });
    expect(outcome.targets).toMatchObject([
      { address: 'service/web', title: 'service web', checks: [{ name: 'web' }] },
    ]);
    expect(resultsIn(outcome)).toMatchObject([
      { status: 'passed', digest: 'sha256:aa', tier: 'proc', milliseconds: 2 },
      { status: 'passed', digest: 'sha256:aa' },
    ]);
  });

  test('fails where it does not in one of them, and each that differs is named', async () => {
    const places = [place('web.1', sound), place('web.2', { ...sound, '/app': 0o700 }), place('web.3', { '/srv': 0 })];
    expect(told(await run({ places }))[0]).toEqual([
      'failed',
      '/app has mode 0755',
      'web.2: mode 0700; web.3: there is none',
    ]);
    expect(told(await run({ places: places.slice(1, 2) }))[0]?.[2]).toBe('mode 0700');
  });

  test('fails where there are fewer than there ought to be, however these look', async () => {
    const missing = 'only 1 of 2 instances of web run';
    const dented = { ...sound, '/app': 0o700 };
    expect(told(await run({ places: [place('web.1', sound)], missing }))[0]).toEqual([
      'failed',
      '/app has mode 0755',
      missing,
    ]);
    expect(told(await run({ places: [place('web.1', dented)], missing }))[0]?.[2]).toBe(`mode 0700; ${missing}`);
  });

  test('fails where none is there, and is not known where nobody can look', async () => {
    const [gone, nowhere] = [await run({ gone: 'no instance runs' }), await run({ nowhere: 'the host is dark' })];
    expect(told(gone)[0]).toEqual(['failed', '/app has mode 0755', 'no instance runs']);
    expect(told(nowhere)[0]).toEqual(['unknown', '/app has mode 0755', 'the host is dark']);
    expect(resultsIn(gone)[0]).toMatchObject({ expected: 'has mode 0755' });
    expect([gone, nowhere].map(isKept)).toEqual([false, false]);
    expect(asked).toEqual([]);
  });

  test('is let off by a waiver until it has run out, and the waiver is told in any case', async () => {
    const places = [place('web.1', { '/app': 0o755 })];
    const [letOff, held] = [await run({ places }), await run({ places }, { now: '2027-01-01T00:00:00Z' })];
    const waiver = { owner: 'crew', because: 'it moves away', until: '2026-12-31' };
    expect(resultsIn(letOff)[1]).toMatchObject({ status: 'waived', waiver: { ...waiver, expired: false } });
    expect(resultsIn(held)[1]).toMatchObject({ status: 'failed', waiver: { ...waiver, expired: true } });
    expect([letOff, held].map(isKept)).toEqual([true, false]);
    expect(resultsIn(await run({ places: [place('web.1', sound)] }))[1]).toMatchObject({ status: 'passed', waiver });
  });
});

describe('what is said of an image', () => {
  test('and was shown of its digest before is not looked at again', async () => {
    const shown = new Set(['/app exists', '/app has mode 0755']);
    const outcome = await run({ places: [place('web', {}, { shown, digest: 'sha256:aa' })] }, { of: ofImage });
    expect(resultsIn(outcome)).toMatchObject([
      { status: 'passed', tier: 'layers', digest: 'sha256:aa', milliseconds: 0 },
      { status: 'passed', tier: 'layers', digest: 'sha256:aa', milliseconds: 0 },
    ]);
    expect(asked).toEqual([]);
  });

  test('and was not shown is looked at', async () => {
    const shown = new Set(['/app exists']);
    const outcome = await run({ places: [place('web', { '/app': 0o700 }, { shown })] }, { of: ofImage });
    expect(told(outcome)).toEqual([
      ['passed', '/app exists', undefined],
      ['failed', '/app has mode 0755', 'mode 0700'],
    ]);
    expect(asked).toEqual(['/app']);
  });

  test('and is left to another time is skipped, with the reason; all of it left proves nothing bad', async () => {
    const leaves = () => 'a fresh instance is asked';
    const outcome = await run({ places: [place('web', sound, { leaves })] }, { of: ofImage });
    expect(resultsIn(outcome)).toMatchObject([
      { status: 'skipped', sentence: '/app exists', why: 'a fresh instance is asked' },
      { status: 'skipped' },
    ]);
    expect(asked).toEqual([]);
  });
});

describe('a run', () => {
  const byTarget = (of: Readonly<Record<Address, Places>>): FindPlaces => {
    return async target => of[target] ?? { nowhere: 'nobody knows it' };
  };

  test('tells of targets in the order of their checks, and one that is gone harms no other', async () => {
    const found = byTarget({
      'service/web': { gone: 'no instance of web runs' },
      'image/web': { places: [place('web', sound)] },
    });
    const outcome = await run(found, { of: checks });
    expect(outcome.targets.map(({ title }) => title)).toEqual(['service web', 'image web', 'from outside']);
    expect(resultsIn(outcome).map(({ status }) => status)).toEqual(['failed', 'waived', 'passed', 'passed', 'unknown']);
  });

  test('looks at a subject once, however many checks are of its target', async () => {
    const again = [...ofWeb, ...ofWeb.map(one => ({ ...one, name: 'again' }))];
    const outcome = await run({ places: [place('web.1', sound)] }, { of: again });
    expect(outcome.targets.flatMap(({ checks: all }) => all.map(({ name }) => name))).toEqual(['web', 'again']);
    expect(asked.toSorted()).toEqual(['/app', '/srv']);
  });

  test('tells what is derived from a declaration as that', async () => {
    const derived = ofWeb.map(one => ({ ...one, derived: true }));
    expect(resultsIn(await run({ places: [place('web.1', sound)] }, { of: derived }))).toMatchObject([
      { derived: true },
      { derived: true },
    ]);
  });

  test('of nothing is not kept', async () => {
    expect(isKept(await run({ gone: 'no instance runs' }, { of: [] }))).toBe(false);
  });

  test('that is stopped ends for that reason', async () => {
    const stop = new AbortController();
    const found: Places = {
      places: [
        place('web.1', sound, {
          lookers: [
            {
              ...treeLooker,
              look: (_: unknown, __: unknown, signal: AbortSignal) =>
                new Promise((_resolve, reject) => {
                  signal.addEventListener('abort', () => reject(signal.reason));
                  stop.abort(new Error('stopped by hand'));
                }),
            },
          ] as Place['lookers'],
        }),
      ],
    };
    await expect(run(found, { signal: stop.signal })).rejects.toThrow('stopped by hand');
  });
});
