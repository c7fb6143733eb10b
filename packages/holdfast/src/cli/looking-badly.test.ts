import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SubjectSpec } from '../model/spec/check-spec.ts';
import type { Seen } from '../ports/provider.ts';
import { dockerWhereabouts } from '../providers/docker/index.ts';
import { procfsReader } from '../providers/procfs/index.ts';
import { snapshotLooker } from '../verify/look/snapshot-looker.ts';
import { type Lookers, lookersOf } from './ground/lookers.ts';
import { factsGround } from './testing/facts-ground.ts';
import { command, failuresOf, file, looking, type Told, verdicts } from './testing/looks.ts';

const signal = AbortSignal.timeout(120_000);

let ground: Awaited<ReturnType<typeof factsGround>>;
let lookers: Lookers;

beforeAll(async () => {
  ground = await factsGround();
  lookers = lookersOf(ground.host, ground.inside, String);
});
afterAll(async () => {
  await lookers?.[Symbol.asyncDispose]();
  await ground?.[Symbol.asyncDispose]();
});

const look = (target: Seen, told: readonly Told[], by = lookers.all) => looking(signal)(target, told, by);
const waits = ['sleep', '1000'] as const;

const fine: readonly Told[] = [
  [command('echo fine'), 'prints', 'fine'],
  [file('/etc/passwd'), 'contains', 'root'],
];

describe('a command', () => {
  let target: Seen;
  beforeAll(async () => {
    target = await ground.start(waits);
  });

  const took = async (work: () => Promise<unknown>): Promise<number> => {
    const startedAt = performance.now();
    await work();
    return performance.now() - startedAt;
  };

  test('that hangs is ended when its time is up, with all that it started', async () => {
    const hangs = command('sleep 987 & wait', 700);
    const milliseconds = await took(async () => {
      expect(failuresOf(await look(target, [[hangs, 'exits', 0], ...fine]))).toEqual([
        'session `sleep 987 & wait` exits with 0 within 700ms: it did not end within 700ms',
      ]);
    });
    expect(milliseconds).toBeLessThan(5_000);
    await pause(500);
    expect((await ground.processesOf(target)).filter(line => line.includes('987'))).toEqual([]);
  });

  test('that floods is stopped, and takes no more memory than is kept of it', async () => {
    const before = process.memoryUsage().rss;
    let most = 0;
    const watch = setInterval(() => {
      most = Math.max(most, process.memoryUsage().rss);
    }, 20);
    const floods = command('i=0; while [ $i -lt 600 ]; do cat /bin/busybox; i=$((i+1)); done');
    const all = await look(target, [[floods, 'exits', 0], ...fine]);
    clearInterval(watch);
    expect(failuresOf(all)).toEqual([expect.stringContaining('it printed more than 64 MiB, and was stopped')]);
    expect(most - before).toBeLessThan(200_000_000);
  });

  test('that prints more than is looked into is not taken by half', async () => {
    const long: Told = [command('cat /bin/busybox'), 'not.prints', 'no such words'];
    expect(failuresOf(await look(target, [long]))).toEqual([
      expect.stringMatching(/it printed \d{7} bytes, more than are looked into/),
    ]);
  });

  test('that prints what ends a command of ours is not believed', async () => {
    const mark = `holdfast-${'0123456789abcdef'.repeat(2)}`;
    const lies = command(`echo "${mark} 0"; echo "${mark} " >&2; tr -d x < /proc/$PPID/environ; exit 3`);
    const [first] = await look(target, [[lies, 'exits', 3], ...fine]);
    expect(first?.looked).toMatchObject({ facts: { exitCode: 3, stdout: expect.stringContaining(`${mark} 0\n`) } });
  });

  test('that ends the shell it is in, or leaves something that prints, spoils no other', async () => {
    const all = await look(target, [
      [command('kill -9 $PPID'), 'exits', 0],
      [command('(sleep 0.2; echo stray) & echo done'), 'prints', 'done'],
    ]);
    expect(failuresOf(all)).toEqual(['session `kill -9 $PPID` exits with 0: the shell in it ended']);
    await pause(400);
    expect(failuresOf(await look(target, [...fine, [command('echo clean'), 'not.prints', 'stray']]))).toEqual([]);
  });

  test('that is not there says so', async () => {
    const missing: SubjectSpec = { type: 'command', command: ['nowhere'] };
    expect(verdicts(await look(target, [[missing, 'exits', 127]]))).toEqual(['session `nowhere` exits with 127: ok']);
  });

  test('that is slow holds up no others for long', async () => {
    const slow = [1, 2, 3].map((number): Told => [command(`sleep ${number}`, 10_000), 'exits', 0]);
    const milliseconds = await took(async () => {
      expect(failuresOf(await look(target, [...slow, ...fine]))).toEqual([]);
    });
    expect(milliseconds).toBeLessThan(5_000);
  });
});

describe('a container without a shell', () => {
  let target: Seen;
  beforeAll(async () => {
    target = await ground.start(waits, { Image: ground.images.bare });
  });

  test('is seen from its host, and runs its own commands one by one', async () => {
    const own: SubjectSpec = { type: 'command', command: ['sleep', '0'] };
    const missing: SubjectSpec = { type: 'command', command: ['nowhere'] };
    const all = await look(target, [
      [own, 'exits', 0],
      [file('/etc/passwd'), 'contains', 'root'],
      [missing, 'exits', 0],
      [command('exit 0'), 'exits', 0],
    ]);
    expect(verdicts(all).toSorted()).toEqual([
      'proc /etc/passwd contains "root": ok',
      expect.stringMatching(/^session `exit 0` exits with 0: it has no shell: .*"sh": executable file not found/),
      expect.stringMatching(/^session `nowhere` exits with 0: .*"nowhere": executable file not found/),
      'session `sleep 0` exits with 0: ok',
    ]);
  });

  test('tells nothing where its host can not be looked into either', async () => {
    const all = await look(target, [[file('/etc/passwd'), 'not.exists']], lookers.all.slice(1));
    expect(failuresOf(all)).toEqual([expect.stringContaining('/etc/passwd does not exist: it has no shell')]);
  });
});

describe('a container that ends', () => {
  test('while a command runs in it leaves the command unknown', async () => {
    const target = await ground.start(['sleep', '1']);
    const all = await look(target, [[command('sleep 30', 3_000), 'exits', 0]]);
    expect(failuresOf(all)).toEqual([expect.stringMatching(/: what it was run in does not run$/)]);
  });

  test('proves nothing by what is not there', async () => {
    const target = await ground.start(['sleep', '0']);
    await pause(1_000);
    const nobody: Told[] = [
      [{ type: 'process', name: 'nginx' }, 'not.runs'],
      [file('/etc/passwd'), 'not.exists'],
    ];
    expect(failuresOf(await look(target, nobody))).toEqual([
      'proc process nginx does not run: it does not run',
      'proc /etc/passwd does not exist: it does not run',
    ]);
  });
});

describe('a process id', () => {
  const passwd: readonly Told[] = [[file('/etc/passwd'), 'exists']];

  test('that another process has by now answers for nobody', async () => {
    const [target, other] = [await ground.start(waits), await ground.start(waits)];
    const { pid = 0 } = (await dockerWhereabouts(ground.host)(other, signal)) ?? {};
    for (const wrong of [pid, process.pid, 1]) {
      const reader = procfsReader(async () => ({ pid: wrong }));
      expect(failuresOf(await look(target, passwd, [snapshotLooker(reader)]))).toEqual([
        expect.stringContaining(`process ${wrong} of this machine is none of its`),
      ]);
    }
  });

  test('of a container that ended in between answers nothing', async () => {
    const target = await ground.start(waits);
    const reader = procfsReader(async (seen, late) => {
      const place = await dockerWhereabouts(ground.host)(seen, late);
      await ground.host.docker.getContainer(seen.id).kill();
      return place;
    });
    const [first] = await look(target, passwd, [snapshotLooker(reader)]);
    expect(first?.looked).toHaveProperty('unknown');
  });
});
