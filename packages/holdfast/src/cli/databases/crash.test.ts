import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Desired, Provider, Seen } from '../../ports/provider.ts';
import type { Errand } from './testing/errand.ts';
import { openServers, type Server, type Servers } from './testing/ground.ts';
import { hasPostgres } from './testing/image.ts';

vi.setConfig({ testTimeout: 600_000, hookTimeout: 300_000 });

const signal = new AbortController().signal;
const rounds = 4;

describe.runIf(hasPostgres)('on a real PostgreSQL', () => {
  let servers: Servers;
  let server: Server;
  beforeAll(async () => {
    servers = await openServers('pgk');
    server = await servers.serve();
  });
  afterAll(() => servers?.[Symbol.asyncDispose]());

  const providerOf = (kind: string): Provider =>
    ({ role: servers.roles, database: servers.databases, extension: servers.extensions })[kind] as Provider;

  const observed = async (): Promise<readonly Seen[]> =>
    (await Promise.all(['role', 'database', 'extension'].map(kind => providerOf(kind).observe(servers.scope)))).flat();

  /** Begins to make them in a process of its own, and kills it so long after it began with the one of the number. */
  async function killed(desired: readonly Desired[], at: number, after: number): Promise<void> {
    const errand: Errand = { scope: servers.scope, desired, secrets: [...servers.secrets] };
    const module = join(import.meta.dirname, 'testing/ensuring.ts');
    const child = spawn(process.execPath, ['--conditions=holdfast-source', module, JSON.stringify(errand)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let begun = 0;
    child.stdout.on('data', async () => {
      begun += 1;
      if (begun !== at) return;
      await pause(after);
      child.kill('SIGKILL');
    });
    await once(child, 'close');
  }

  test('whoever makes it may be killed at any moment: the next run makes it whole, and nothing is there twice', async () => {
    for (let round = 0; round < rounds; round++) {
      const name = `shop${round}`;
      const desired: Desired[] = [
        servers.role(name),
        servers.database(name, name),
        servers.login(name, name, `the password ${round}`),
        servers.extension('citext', name),
      ];
      await killed(desired, 1 + (round % 4), Math.random() * 500);
      // The next run of Holdfast knows nothing of the ids that the last one meant to give.
      const again = desired.map(one => ({ ...one, uid: `${one.uid.slice(0, -2)}${round}` }));
      for (const one of again) await providerOf(one.kind).ensure(one, undefined, signal);
      const there = (await observed()).filter(one => one.birth && again.some(({ uid }) => uid === one.birth?.uid));
      expect(there.map(({ kind }) => kind).sort(), name).toEqual(['database', 'extension', 'role', 'role']);
      for (const one of again) {
        const seen = there.find(({ birth }) => birth?.uid === one.uid);
        expect(seen && providerOf(one.kind).differences(one, seen), `${one.address} of ${name}`).toEqual([]);
      }
    }
    expect((await observed()).filter(({ birth }) => !birth)).toEqual([]);
    expect(await server.sql(`select count(*) from pg_database where datname like 'holdfast%'`)).toBe('0');
  });
});
