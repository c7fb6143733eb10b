import { describe, expect, test } from 'vitest';
import { type InstanceOutput, type StatusOutput, statusOutput } from '../output/status.ts';
import { plain } from './screen.ts';
import { statusLines } from './status.ts';

const now = Date.parse('2026-11-23T12:00:00Z');

const instance = (name: string, more: Partial<InstanceOutput> = {}): InstanceOutput => ({
  name,
  container: `shop-local-${name}`,
  engine: 'default',
  image: 'holdfast/shop/local/app:2222',
  running: true,
  state: 'up 3 minutes',
  since: '2026-11-23T11:57:00.000Z',
  health: { ok: true, answer: '200 OK: {"healthy":true}', milliseconds: 3.4 },
  ...more,
});

const status = (more: Partial<StatusOutput> = {}): StatusOutput => {
  const all: StatusOutput = {
    system: 'shop',
    environment: 'local',
    well: true,
    services: [{ name: 'web', well: true, replicas: 1, instances: [instance('web.1')] }],
    addresses: ['http://shop.localhost:8080'],
    volumes: [{ name: 'data', volume: 'shop-local-data-x', engine: 'default' }],
    databases: [{ name: 'db', database: 'shop', engine: 'default', about: 'database shop of cluster db, 8 MB' }],
    done: [],
    backups: [],
    differences: 0,
    ...more,
  };
  expect(statusOutput.parse(all)).toEqual(all);
  return all;
};

const text = (given: StatusOutput, width = 100): string => statusLines(given, now, plain, width).join('\n');

describe('a status in words', () => {
  test('says that all is well, since when, what it answers, and where', () => {
    const words = text(status());
    expect(words).toContain('shop · local   all is well');
    expect(words).toContain('● web.1  up 3m  200 OK in 3ms  app:2222');
    expect(words).toMatch(/address +http:\/\/shop\.localhost:8080/);
    expect(words).toMatch(/databases +shop of cluster db, 8 MB/);
    expect(words).toMatch(/drift +none: all is as declared/);
  });

  test.each([
    ['exit code 0: follows db-2, 0 bytes behind', 'follows db-2, 0 bytes behind in 3ms'],
    ['exit code 0', 'exit code 0 in 3ms'],
  ])('says what a command said: %s', (answer, words) => {
    const one = instance('db-1.1', { health: { ok: true, answer, milliseconds: 3.4 } });
    const services = [{ name: 'db-1', well: true, replicas: 1, instances: [one] }];
    expect(text(status({ services }))).toContain(`up 3m  ${words}`);
  });

  test.each([
    ['proven', 'proven: it was restored'],
    ['unproven', 'unproven: none was restored yet; holdfast restore db'],
    ['unreadable', "can't be read"],
  ] as const)('says of a backup that it is %s', (state, words) => {
    const backup = { database: 'db', label: 'B1', type: 'full', at: '2026-11-23T11:00:00.000Z', state } as const;
    expect(text(status({ backups: [backup] }))).toContain(`db: B1, full, 1h ago, ${words}`);
  });

  test('says who is not well, with the whole answer', () => {
    const ill = instance('web.1', {
      health: { ok: false, answer: '503 Service Unavailable: no database', milliseconds: 3 },
    });
    const words = text(
      status({ well: false, services: [{ name: 'web', well: false, replicas: 2, instances: [ill] }] }),
    );
    expect(words).toContain('not well: web');
    expect(words).toContain('503 Service Unavailable: no database');
    expect(words).toContain('○ web');
    expect(words).toContain('1 of 2 missing');
  });

  test('says in the words of the engine how one that stopped is', () => {
    const gone = instance('web.1', { running: false, state: 'exited (137)' });
    expect(text(status({ services: [{ name: 'web', well: false, replicas: 1, instances: [gone] }] }))).toContain(
      'exited (137)',
    );
  });

  test('says what the agent did last', () => {
    const done = [
      { at: '2026-11-23T11:00:00.000Z', kind: 'backup.taken', what: 'cluster/db, full: 20261123F', ok: true },
    ];
    expect(text(status({ done }))).toMatch(/agent +backup\.taken cluster\/db, full: 20261123F \(1h ago\)/);
  });

  test('leaves the image out where the terminal is narrow', () => {
    expect(text(status(), 30)).not.toContain('app:2222');
  });

  test('says how the last release went, who holds the lease, and how much has drifted', () => {
    const owner = { user: 'ada', host: 'laptop', boot: '', pid: 4711, started: '', doing: 'holdfast up' };
    const words = text(
      status({
        release: { id: 'x', number: 7, at: '2026-11-23T11:00:00.000Z', actor: 'ada@laptop', outcome: 'rolled-back' },
        lease: { owner, expires: '2026-11-23T12:00:09.000Z' },
        differences: 3,
      }),
    );
    expect(words).toContain('r7 rolled-back');
    expect(words).toContain('(1h ago) by ada@laptop');
    expect(words).toContain('held by ada@laptop (holdfast up, process 4711)');
    expect(words).toContain('3 differences to what is declared');
  });
});
