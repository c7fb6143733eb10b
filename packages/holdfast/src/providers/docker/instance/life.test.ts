import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { freePort } from '../../../kit/testing/free-port.ts';
import { type InstanceGround, openInstanceGround } from '../testing/instance-ground.ts';

const signal = new AbortController().signal;

describe('the life of an instance of Docker', () => {
  let ground: InstanceGround;
  beforeAll(async () => {
    ground = await openInstanceGround('life');
  });
  afterAll(() => ground.bench[Symbol.asyncDispose]());

  test('a host port that is taken is told in the words of the engine', async () => {
    const publish = [{ port: 80, hostAddress: '127.0.0.1', hostPort: await freePort() }];
    const networks = [{ name: ground.lan.name, aliases: [] }];
    await ground.start(ground.web({ publish, networks }));
    await expect(ground.start(ground.web({ publish, networks }))).rejects.toMatchObject({
      parts: {
        what: expect.stringContaining("can't be started"),
        why: expect.stringContaining('port is already allocated'),
      },
    });
  });

  test('an image that is not there is told', async () => {
    await expect(ground.start(ground.web({ image: 'hfdocker/nowhere:1' }))).rejects.toThrow(
      'hfdocker/nowhere:1 is not on the engine',
    );
  });

  test('one that runs once and failed must be run anew', async () => {
    const desired = ground.web({ runs: 'once', command: ['sh', '-c', 'exit 3'] });
    const seen = await ground.start(desired);
    expect(await ground.bench.inside.ended(seen, signal)).toBe(3);
    expect(ground.differences(desired, await ground.observed(desired))).toEqual([
      { aspect: 'status', found: 'exited (3)', wanted: 'run to completion', mend: 'replace' },
    ]);
  });

  test('one that keeps failing is told to be restarting', async () => {
    const desired = ground.web({ command: ['sh', '-c', 'exit 3'], restart: 'always' });
    await ground.start(desired);
    const restarting = await vi.waitUntil(
      async () => {
        const seen = await ground.observed(desired);
        return seen.state.status === 'restarting' && seen;
      },
      { timeout: 10_000 },
    );
    expect(ground.differences(desired, restarting)).toMatchObject([{ aspect: 'status', mend: 'in-place' }]);
  });

  test('what is run before one is stopped is known of it, whoever stops it', async () => {
    const desired = ground.web({ stopBefore: ['sh', '-c', 'echo over >/tmp/handed'] });
    await ground.start(desired);
    const seen = await ground.observed(desired);
    expect(seen.state.stopBefore).toEqual(['sh', '-c', 'echo over >/tmp/handed']);
    expect(ground.differences(desired, seen)).toEqual([]);
    const { stopBefore: _, ...plain } = desired.spec;
    expect(ground.differences({ ...desired, spec: plain }, seen)).toEqual([
      { aspect: 'before it stops', found: 'sh -c "echo over >/tmp/handed"', wanted: 'not set', mend: 'replace' },
    ]);
  });

  test('a request to stop is heard by a process that was not written for it', async () => {
    const seen = await ground.start(ground.web({ command: ['sh', '-c', 'sleep 3600 & wait'], stopGrace: 20_000 }));
    const before = performance.now();
    await ground.instances.remove(seen, signal);
    expect(performance.now() - before).toBeLessThan(10_000);
  });
});
