import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { InstanceDesire } from '../../../ports/desires.ts';
import type { Seen } from '../../../ports/provider.ts';
import { dockerTasks } from '../tasks.ts';
import { type InstanceGround, openInstanceGround } from '../testing/instance-ground.ts';
import { reveal, secretValue, sleeper } from '../testing/workbench.ts';
import { give } from './birth.ts';

const signal = new AbortController().signal;

describe('what waits for its schedule', () => {
  let ground: InstanceGround;
  beforeAll(async () => {
    ground = await openInstanceGround('schedule');
  });
  afterAll(() => ground.bench[Symbol.asyncDispose]());

  const job = (command: string, spec: Partial<InstanceDesire> = {}) =>
    ground.bench.desire(
      'instance',
      'dump.job',
      sleeper(ground.bench.image, {
        runs: 'on-schedule',
        restart: 'always',
        networks: [{ name: ground.lan.name, aliases: [] }],
        command: ['sh', '-c', command],
        files: { '/etc/dump.key': { content: { value: { $secret: 'key' }, seal: 'a1' }, mode: '0400', owner: '0:0' } },
        ...spec,
      }),
    );
  const container = ({ id }: Seen) => ground.bench.host.docker.getContainer(id);
  const listed = async ({ id }: Seen): Promise<boolean> =>
    (await dockerTasks(ground.bench.host, ground.bench.scope).list()).some(task => task.id === id);
  const logOf = async (seen: Seen): Promise<string> => {
    const lines = await Array.fromAsync(ground.bench.inside.logs(seen, {}));
    return lines.map(({ text }) => text).join();
  };

  test('is there with its files, and was never started', async () => {
    const desired = job('cat /etc/dump.key');
    const seen = await ground.start(desired);
    expect(seen.state).toMatchObject({ status: 'created', running: false });
    expect(ground.differences(desired, await ground.observed(desired))).toEqual([]);
    await container(seen).start();
    await ground.bench.inside.ended(seen, signal);
    expect(await logOf(seen)).toBe(secretValue);
  });

  test('has nothing to be mended whether it runs, ended well or badly', async () => {
    const desired = job('sleep 2; exit 3');
    const seen = await ground.start(desired);
    await container(seen).start();
    expect(ground.differences(desired, await ground.observed(desired))).toEqual([]);
    expect(await ground.bench.inside.ended(seen, signal)).toBe(3);
    const ended = await ground.observed(desired);
    expect(ended.state).toMatchObject({ status: 'exited', exitCode: 3 });
    expect(ground.differences(desired, ended)).toEqual([]);
    expect((await ground.instances.ensure(desired, ended, signal)).state).toMatchObject({ status: 'exited' });
  });

  test('a crash before its files were in place is told, and made good without a start', async () => {
    const desired = job('cat /etc/dump.key');
    await give(desired, { host: ground.bench.host, scope: ground.bench.scope, reveal });
    const left = await ground.observed(desired);
    expect(await listed(left)).toBe(false);
    expect(ground.differences(desired, left)).toEqual([
      { aspect: 'files', found: 'not all of them yet', wanted: 'all in place', mend: 'in-place' },
    ]);
    const seen = await ground.instances.ensure(desired, left, signal);
    expect(ground.differences(desired, seen)).toEqual([]);
    expect(seen.state.status).toBe('created');
    expect(await listed(seen)).toBe(true);
    await container(seen).start();
    await ground.bench.inside.ended(seen, signal);
    expect(await logOf(seen)).toBe(secretValue);
  });

  test('is not restarted by the engine when it fails', async () => {
    const seen = await ground.start(job('exit 1'));
    const { HostConfig } = await container(seen).inspect();
    expect(HostConfig.RestartPolicy?.Name).toBe('no');
  });

  test('is another one when its definition is, and is let go on when a hand paused it', async () => {
    const desired = job('sleep 60');
    const seen = await ground.start(desired);
    const told = ground.differences(job('sleep 61'), seen).map(({ aspect, mend }) => [aspect, mend]);
    expect(told).toContainEqual(['command', 'replace']);
    await container(seen).start();
    await container(seen).pause();
    expect(ground.differences(desired, await ground.observed(desired))).toEqual([
      { aspect: 'status', found: 'paused', wanted: 'ready for its schedule', mend: 'in-place' },
    ]);
    expect((await ground.instances.ensure(desired, undefined, signal)).state.status).toBe('running');
  });

  test('one that ran once may wait for a schedule from now on', async () => {
    const once = job('echo done', { runs: 'once' });
    const seen = await ground.start(once);
    await ground.bench.inside.ended(seen, signal);
    const waits = { ...once, spec: { ...once.spec, runs: 'on-schedule' as const } };
    expect(ground.differences(waits, await ground.observed(once))).toEqual([]);
  });
});
