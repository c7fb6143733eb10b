import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { InstanceDesire } from '../../../ports/desires.ts';
import { type InstanceGround, openInstanceGround } from '../testing/instance-ground.ts';

describe('what instances of Docker reach of their machine', () => {
  let ground: InstanceGround;
  let folder: string;
  beforeAll(async () => {
    ground = await openInstanceGround('reached');
    folder = await mkdtemp(join(tmpdir(), 'holdfast-reached-'));
  });
  afterAll(async () => {
    await ground.bench[Symbol.asyncDispose]();
    await rm(folder, { recursive: true });
  });

  const told = (spec: InstanceDesire, reaches: InstanceDesire['reaches']) => ({ ...spec, ...(reaches && { reaches }) });

  test('the engine’s socket is there, for a user who is in the group of it', async () => {
    const desired = ground.web({ reaches: { engine: true }, user: '1000:1000' });
    const seen = await ground.start(desired);
    expect(ground.differences(desired, seen)).toEqual([]);
    const group = (await stat(ground.bench.host.socket)).gid;
    expect((await ground.read(seen, 'id -G')).split(' ')).toContain(String(group));
    expect(await ground.read(seen, 'cd /run/holdfast; [ -S engine.sock ] && [ -w engine.sock ] && echo yes')).toBe(
      'yes',
    );
  });

  test('the folder of the journal is read and written to, and nothing beside it', async () => {
    await writeFile(join(folder, 'journal.db'), 'facts');
    const desired = ground.web({ reaches: { journal: folder }, user: '0:0', readOnly: true });
    const seen = await ground.start(desired);
    expect(ground.differences(desired, seen)).toEqual([]);
    expect(await ground.read(seen, 'cd /run/holdfast/journal && cat journal.db && echo more >journal.db-wal')).toBe(
      'facts',
    );
    expect(await readFile(join(folder, 'journal.db-wal'), 'utf8')).toBe('more\n');
    expect(await ground.read(seen, 'ls /run/holdfast')).toBe('journal');
  });

  test('what is reached is settled at birth, and told in words', async () => {
    const desired = ground.web({ reaches: { engine: true, journal: folder } });
    const seen = await ground.start(desired);
    const { reaches: _, ...plain } = desired.spec;
    const differences = (reaches?: InstanceDesire['reaches']) =>
      ground.differences({ ...desired, spec: told(plain, reaches) }, seen);
    expect(differences()).toEqual([
      { aspect: 'reach engine', found: `the socket ${ground.bench.host.socket}`, wanted: 'not set', mend: 'replace' },
      { aspect: 'reach journal', found: `the folder ${folder}`, wanted: 'not set', mend: 'replace' },
    ]);
    expect(differences({ engine: true, journal: '/elsewhere' })).toEqual([
      { aspect: 'reach journal', found: `the folder ${folder}`, wanted: 'the folder /elsewhere', mend: 'replace' },
    ]);
  });
});
