import * as fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { judge, sentenceOf } from '../../model/assertion/judge.ts';
import { keyOf } from '../../model/assertion/notes.ts';
import { resourcesOf, type SystemModel } from '../../model/system-model.ts';
import type { SaidCheck } from '../run/run-checks.ts';
import { derive } from './derive.ts';
import type { ReleasedImages } from './released.ts';
import { changed } from './testing/changed.ts';
import { declared } from './testing/models.ts';
import { shop } from './testing/shop.ts';
import { asDeclared } from './testing/world.ts';

const all = (model: SystemModel, released: ReleasedImages = {}) =>
  derive(model, released).flatMap(({ spec: { target, assertions } }) =>
    assertions.map(assertion => ({ target, assertion })),
  );

function holdUpAndFail(model: SystemModel, released: ReleasedImages): void {
  for (const { target, assertion } of all(model, released)) {
    const looked = asDeclared(model, released, target, assertion.of);
    expect(judge(assertion, looked), `${target}: ${sentenceOf(assertion)}`).toMatchObject({ ok: true });
    expect(judge(assertion, changed(assertion, looked)), `${target}: not ${sentenceOf(assertion)}`).toMatchObject({
      ok: false,
    });
  }
}

test('who reaches the engine is told to, and nobody else may have its socket', () => {
  const spec = {
    image: 'image/app',
    ports: {},
    env: {},
    files: {},
    mounts: {},
    limits: { processes: 1 },
    readOnly: false,
    capabilities: [],
  };
  const service = (name: string, more: object) => ({
    kind: 'service',
    name,
    engine: 'default',
    needs: [],
    spec: { ...spec, ...more },
  });
  const model = {
    format: 1,
    name: 'shop',
    environment: 'local',
    resources: [service('agent', { reaches: ['engine'] }), service('web', {})],
  } as unknown as SystemModel;
  const said = all(model).map(
    ({ target, assertion }) => `${target}: ${sentenceOf(assertion)}, as ${assertion.derivedFrom}`,
  );
  expect(said.filter(one => /mount/.test(one))).toEqual([
    expect.stringMatching(
      /^service\/agent: .*engine.sock.*, as service agent reaches the engine: it is root on the engine’s machine$/,
    ),
    expect.stringMatching(/^service\/agent: it mounts nothing but \/run\/holdfast\/engine.sock/),
    expect.stringMatching(/^service\/web: it mounts nothing, /),
  ]);
});

describe('what follows from any declaration', () => {
  test('is so where all is as declared, and is not where the one fact that it is about is otherwise', () => {
    fc.assert(
      fc.property(declared, ({ model, released }) => holdUpAndFail(model, released)),
      { numRuns: 300 },
    );
  });

  test('is said once of each target, says what it follows from, and is plain data', () => {
    fc.assert(
      fc.property(declared, ({ model, released }) => {
        for (const { spec } of derive(model, released)) {
          const { assertions } = spec;
          expect(assertions.length).toBeGreaterThan(0);
          expect(new Set(assertions.map(({ derivedFrom: _, ...one }) => keyOf(one))).size).toBe(assertions.length);
          expect(assertions.every(({ derivedFrom }) => derivedFrom !== '')).toBe(true);
          expect(JSON.parse(JSON.stringify(assertions))).toEqual(assertions);
        }
      }),
      { numRuns: 100 },
    );
  });

  test('is not said where a check says it, or the opposite, already: and all the rest is', () => {
    fc.assert(
      fc.property(declared, fc.nat(), fc.boolean(), ({ model, released }, pick, negated) => {
        const before = all(model, released);
        const taken = before[pick % before.length];
        if (!taken) throw new Error('nothing was derived');
        const { derivedFrom: _, ...said } = taken.assertion;
        const assertion = { ...said, negated, of: { ...said.of, eventually: 1_234 } };
        const check = { kind: 'check', name: 'own', engine: 'default', needs: [] };
        const own = { ...check, spec: { target: taken.target, assertions: [assertion] } };
        const after = all({ ...model, resources: [...model.resources, own] }, released);
        expect(after).toEqual(before.filter(one => one !== taken));
      }),
      { numRuns: 100 },
    );
  });
});

describe('of the shop', () => {
  let model: SystemModel;
  beforeAll(async () => {
    model = await shop();
  });

  const sentences = (target: string, released: ReleasedImages = {}) =>
    derive(model, released)
      .find(({ spec }) => spec.target === target)
      ?.spec.assertions.map(sentenceOf);

  test('each check holds, and can fail', () => {
    holdUpAndFail(model, { 'image/app': { startedFrom: `sha256:${'a'.repeat(64)}` } });
  });

  test('its database is held to its port, user, limits, files and secrets, and to nothing else', () => {
    const told = sentences('service/db')?.map(one => one.replace(/[0-9a-f]{64}/, '…'));
    expect(told).toEqual([
      '`sh /etc/holdfast/postgres/health` exits with 0 within 1m',
      'port 5432 listens',
      'it listens on nothing but port 5432',
      'the container runs as 999:999',
      'it runs as nobody but 999',
      'the container is not privileged',
      'the container cannot gain privileges',
      'the container has no capability',
      'the container may take no more memory than 512MB',
      'the container may have no more than 1024 threads',
      'variable VERSION is "15"',
      'variable PGBACKREST_CONFIG is "/etc/holdfast/postgres/pgbackrest.conf"',
      'variable PGBACKREST_CONFIG_INCLUDE_PATH is "/run/secrets/pgbackrest"',
      'variable PGBACKREST_STANZA is "shop-local-db"',
      '/etc/holdfast/postgres/run has mode 0444',
      '/etc/holdfast/postgres/run is owned by 999:999',
      '/etc/holdfast/postgres/run has SHA-256 …',
      '/etc/holdfast/postgres/health has mode 0444',
      '/etc/holdfast/postgres/health is owned by 999:999',
      '/etc/holdfast/postgres/health has SHA-256 …',
      '/etc/holdfast/postgres/pg_hba.conf has mode 0444',
      '/etc/holdfast/postgres/pg_hba.conf is owned by 999:999',
      '/etc/holdfast/postgres/pg_hba.conf has SHA-256 …',
      '/etc/holdfast/postgres/postgresql.conf has mode 0444',
      '/etc/holdfast/postgres/postgresql.conf is owned by 999:999',
      '/etc/holdfast/postgres/postgresql.conf has SHA-256 …',
      '/run/secrets/postgres/server.key has mode 0400',
      '/run/secrets/postgres/server.key is owned by 999:999',
      '/run/secrets/postgres/server.pem has mode 0400',
      '/run/secrets/postgres/server.pem is owned by 999:999',
      '/etc/holdfast/postgres/pgbackrest.conf has mode 0400',
      '/etc/holdfast/postgres/pgbackrest.conf is owned by 999:999',
      '/run/secrets/pgbackrest/passphrase.conf has mode 0400',
      '/run/secrets/pgbackrest/passphrase.conf is owned by 999:999',
      '/usr/local/bin/holdfast-backup has mode 0755',
      '/usr/local/bin/holdfast-backup is owned by 0:0',
      '/usr/local/bin/holdfast-backup has SHA-256 …',
      'what is at /var/lib/pgbackrest is mounted',
      'what is at /run/secrets is mounted read-only',
      'it mounts nothing but /var/lib/postgresql/data, /var/lib/pgbackrest and /run/secrets',
    ]);
  });

  test('an image is held to its users, its locked packages and its digest, and to nothing else', () => {
    const digest = `sha256:${'d'.repeat(64)}`;
    const packages = { 'ca-certificates': '20230311+deb12u1', 'postgresql-15': '15.14-0+deb12u1', libpq5: '15.14' };
    expect(sentences('image/db', { 'image/db': { digest, packages } })).toEqual([
      `the image has the digest ${digest}`,
      'user postgres has gid 999',
      'user postgres has home /var/lib/postgresql',
      'user postgres has shell /bin/sh',
      'the image runs as postgres',
      'package ca-certificates has version 20230311+deb12u1 and no other',
      'package postgresql-15 has version 15.14-0+deb12u1 and no other',
      'the image has no secret in it',
      'the image has no file with a set-id bit but those of its packages',
      'the image has no system path that everybody may write to',
    ]);
  });

  test('what its own checks say stands', () => {
    const own = resourcesOf(model, 'check').flatMap(({ spec }) => spec.assertions.map(sentenceOf));
    expect(own).toContain('user postgres has uid 999');
    expect(own).toContain('what is at /var/lib/postgresql/data is mounted');
    expect(sentences('service/db')).not.toContain('what is at /var/lib/postgresql/data is mounted');
    expect(sentences('image/db')).not.toContain('user postgres has uid 999');
    expect(sentences('image/app')).toContain('user app has uid 10001');
  });

  test('is told with where its target is declared, as what nobody had to say', () => {
    const web = derive(model).find(({ spec }) => spec.target === 'service/web');
    expect(web).toMatchObject({ name: 'as declared', derived: true, at: expect.stringContaining('system.ts:') });
    expect(web && ({ ...web } satisfies SaidCheck)).toEqual(web);
  });

  test('no secret, and nothing that is only known later, is in what is said', () => {
    expect(sentences('service/web')).toContain('variable DATABASE_HOST is set');
    expect(sentences('service/web')).toContain('variable NODE_ENV is "production"');
    expect(JSON.stringify(derive(model))).not.toContain('$secret');
  });
});
