import { describe, expect, test } from 'vitest';
import type { SystemModel } from '../model/system-model.ts';
import { stepDone } from './conformance/facts.ts';
import type { FactDraft, Payloads, ReleaseOutcome } from './fact.ts';
import type { Journal } from './journal.ts';
import { sqliteGround } from './sqlite/ground.fixture.ts';
import { destructions, lastKept, modelAt, recentKept, releases, renames } from './view.ts';

const model = (environment: string, name = 'shop'): SystemModel => ({ format: 1, name, environment, resources: [] });

const begun = (release: string, environment = 'local', which = release): FactDraft => ({
  kind: 'release.begun',
  system: 'shop',
  environment,
  release,
  payload: { model: model(environment, which), verb: 'up' },
});

const ended = (release: string, outcome: ReleaseOutcome, environment = 'local'): FactDraft => ({
  kind: 'release.ended',
  system: 'shop',
  environment,
  release,
  payload: { outcome, reason: `because ${outcome}`, milliseconds: 5 },
});

const renamed = (uid: string, to: string, environment = 'local'): FactDraft => ({
  kind: 'resource.renamed',
  system: 'shop',
  environment,
  payload: { uid, from: 'service/old', to: `service/${to}` },
});

async function withFacts(facts: readonly FactDraft[], look: (journal: Journal) => Promise<void>): Promise<void> {
  await using ground = await sqliteGround();
  await using journal = await ground.journal();
  await journal.append(facts);
  await look(journal);
}

describe('releases', () => {
  const facts = [
    begun('r1'),
    stepDone('create web', { release: 'r1' }),
    ended('r1', 'kept'),
    begun('s1', 'staging'),
    begun('r2'),
    ended('s1', 'kept', 'staging'),
    ended('r2', 'rolled-back'),
    begun('r3'),
  ];

  test('are counted within their environment, with how they ended', () =>
    withFacts(facts, async journal => {
      const local = await releases(journal, 'shop', 'local');
      expect(local.map(({ release, number, seq, ended }) => [release, number, seq, ended?.outcome])).toEqual([
        ['r1', 1, 1, 'kept'],
        ['r2', 2, 5, 'rolled-back'],
        ['r3', 3, 8, undefined],
      ]);
      expect(local[1]?.ended).toMatchObject({ reason: 'because rolled-back', milliseconds: 5 });
      expect(await releases(journal, 'shop', 'staging')).toMatchObject([{ release: 's1', number: 1 }]);
      expect(await releases(journal, 'bank', 'local')).toEqual([]);
    }));

  test('the newest that was kept comes with its model', () =>
    withFacts(facts, async journal => {
      expect(await lastKept(journal, 'shop', 'local')).toMatchObject({ release: 'r1', model: model('local', 'r1') });
      expect(await lastKept(journal, 'shop', 'staging')).toMatchObject({
        release: 's1',
        model: model('staging', 's1'),
      });
      expect(await lastKept(journal, 'shop', 'production')).toBeUndefined();
    }));

  test('so many of those that were kept come newest first, and one whose model was redacted is passed over', () =>
    withFacts(
      ['a', 'b', 'c', 'd'].flatMap(id => [begun(id), ended(id, 'kept')]),
      async journal => {
        await journal.redact(5, 'its model held a name');
        const kept = await recentKept(journal, 'shop', 'local', 2);
        expect(kept.map(({ release, number }) => [release, number])).toEqual([
          ['d', 4],
          ['b', 2],
        ]);
      },
    ));

  test('of releases with the same model the newest alone counts among the recent ones', () =>
    withFacts(
      [...['a', 'b'].flatMap(id => [begun(id), ended(id, 'kept')]), begun('c', 'local', 'b'), ended('c', 'kept')],
      async journal => {
        const kept = await recentKept(journal, 'shop', 'local', 2);
        expect(kept.map(({ release, number }) => [release, number])).toEqual([
          ['c', 3],
          ['a', 1],
        ]);
      },
    ));

  test('a model is found at the fact that began its release, and nowhere else', () =>
    withFacts(facts, async journal => {
      expect(await modelAt(journal, 5)).toEqual(model('local', 'r2'));
      expect(await modelAt(journal, 2)).toBeUndefined();
      expect(await modelAt(journal, 99)).toBeUndefined();
    }));
});

test('a thing has all the names that it was given, the last one last, within its environment', () =>
  withFacts(
    [renamed('u1', 'web'), renamed('u2', 'api'), renamed('u1', 'front'), renamed('u2', 'x', 'staging')],
    async journal => {
      expect(await renames(journal, 'shop', 'local')).toEqual(
        new Map([
          ['u1', ['service/web', 'service/front']],
          ['u2', ['service/api']],
        ]),
      );
    },
  ));

test('what is to be destroyed is known until it is done or called off, with the date that was given last', () => {
  const of = (uid: string) => ({ uid, address: `volume/${uid}` }) as const;
  const fact = <K extends 'destruction.scheduled' | 'destruction.cancelled' | 'destruction.done'>(
    kind: K,
    payload: Payloads[K],
    environment = 'local',
  ) => ({ kind, system: 'shop', environment, payload }) as FactDraft;
  const scheduled = (uid: string, due: string, environment?: string) =>
    fact('destruction.scheduled', { ...of(uid), kind: 'volume', engine: 'default', due }, environment);
  return withFacts(
    [
      ...['a', 'b', 'c'].map(uid => scheduled(uid, '2026-12-01')),
      scheduled('d', '2026-12-01', 'staging'),
      fact('destruction.cancelled', of('a')),
      fact('destruction.done', of('b')),
      scheduled('a', '2026-12-24'),
    ],
    async journal => {
      const known = await destructions(journal, 'shop', 'local');
      expect([...known].map(([uid, { due }]) => [uid, due])).toEqual([
        ['c', '2026-12-01'],
        ['a', '2026-12-24'],
      ]);
      // What it was about is not known any more: rather too much is kept.
      await journal.redact(5, 'a name');
      expect([...(await destructions(journal, 'shop', 'local')).keys()]).toEqual(['a']);
    },
  );
});
