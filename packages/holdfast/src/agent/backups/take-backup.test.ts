import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Journal } from '../../journal/journal.ts';
import { currentOwner } from '../../journal/owner.ts';
import { type OpenToHands, onEachStore } from '../../journal/testing/stores.ts';
import { randomId } from '../../kit/id.ts';
import type { DatabaseServer } from '../../ports/database-servers.ts';
import type { CommandResult } from '../../ports/instances.ts';
import type { ScheduledBackup } from './due-backups.ts';
import { type BackupGround, takeIfDue } from './take-backup.ts';

const week = 7 * 86_400_000;

/** The commands of one server, as far as a repository with so many backups has them answer. */
function oneServer() {
  let [there, code] = [0, 0];
  const asked: string[] = [];
  const result = (stdout: object): CommandResult => ({ exitCode: 0, stdout: JSON.stringify(stdout), stderr: '' });
  const run: BackupGround['instances']['run'] = async (_, [, what = '']) => {
    asked.push(what);
    if (what === 'info') return result([{ backup: Array(there).fill({}), status: { code } }]);
    there += 1;
    return result({ label: `B${there}` });
  };
  const server = { cluster: 'db', instance: { state: { running: true } } } as DatabaseServer;
  return {
    parts: { instances: { run }, servers: { members: async () => [server] } },
    taken: () => asked.filter(what => what !== 'info'),
    becomes: (backups: number, status = 0) => {
      [there, code] = [backups, status];
    },
  };
}

onEachStore(store => {
  let here: OpenToHands;
  let journal: Journal;
  let now: number;
  const scope = { system: `s-${randomId()}`, environment: 'test' };
  const full: ScheduledBackup = { cluster: 'cluster/db', scope: 'db', type: 'full', every: '7d', since: 0 };

  beforeEach(async () => {
    here = await store.open();
    journal = await here.journal();
    now = 100 * week + 5;
  });
  afterEach(async () => {
    await journal[Symbol.asyncDispose]();
    await here[Symbol.asyncDispose]();
  });

  const groundOf = (parts: ReturnType<typeof oneServer>['parts']) =>
    ({
      ...{ scope, journal, clock: () => now, owner: currentOwner('holdfast agent') },
      ...{ signal: new AbortController().signal, leadershipOf: () => ({ read: async () => undefined }), ...parts },
    }) as unknown as BackupGround;

  test('a full backup is taken once a slot, and at once where the repository has none any more', async () => {
    const server = oneServer();
    const ground = groundOf(server.parts);
    for (let count = 0; count < 3; count += 1) expect(await takeIfDue(full, ground)).toBe(100 * week);
    expect(server.taken()).toEqual(['full']);
    server.becomes(0);
    for (let count = 0; count < 3; count += 1) expect(await takeIfDue(full, ground)).toBe(100 * week);
    expect(server.taken()).toEqual(['full', 'full']);
    now += week;
    await takeIfDue(full, ground);
    expect(server.taken()).toEqual(['full', 'full', 'full']);
  });

  test('a repository that can not be looked at is none that has nothing, and what has changed waits for its slot', async () => {
    const server = oneServer();
    const ground = groundOf(server.parts);
    const diff = { ...full, type: 'diff', since: now } as const;
    await takeIfDue(full, ground);
    server.becomes(0, 99);
    await takeIfDue(full, ground);
    await takeIfDue(diff, ground);
    expect(server.taken()).toEqual(['full']);
  });
});
