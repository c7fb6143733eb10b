import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { takeInTinyImage } from '../../../packages/holdfast/src/providers/docker/testing/tiny-image.ts';
import { addressOf } from '../cluster/cluster.ts';
import { runInContainer } from '../containers.ts';
import { now } from '../ledger/entry.ts';
import { docker } from '../project.ts';
import { freeze } from './freeze.ts';
import { kill } from './kill.ts';
import { partition } from './partition.ts';
import { moveVolume, smallDisk } from './small-disk.ts';

const image = `holdfast-faults-${randomBytes(3).toString('hex')}:1`;
const ids: string[] = [];

async function victim(restart = '', binds: readonly string[] = []): Promise<string> {
  const made = await docker.createContainer({
    Image: image,
    Cmd: ['httpd', '-f', '-p', '8080', '-h', '/etc'],
    HostConfig: { RestartPolicy: { Name: restart }, Binds: [...binds] },
  });
  ids.push(made.id);
  await made.start();
  return made.id;
}

const stateOf = async (id: string) => (await docker.getContainer(id).inspect()).State;

/** Whether one gets a page of the other's within two seconds. busybox' wget is no use: linked statically, it can't resolve. */
async function reaches(from: string, address: string): Promise<boolean> {
  const asking = `{ echo 'GET /passwd HTTP/1.0'; echo; } | nc -w 2 ${address} 8080; true`;
  return (await runInContainer(from, 'sh', '-c', asking)).includes('200 OK');
}

const injectors: ChildProcess[] = [];

/** A process that has injected a fault, to be killed. */
async function injector(...args: readonly string[]): Promise<ChildProcess> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'injector.fixture.ts'), ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  injectors.push(child);
  const said = await Promise.race([once(child.stdout, 'data'), once(child, 'close')]);
  expect(String(said[0])).toBe('injected\n');
  return child;
}

async function secondsUntil(holds: () => Promise<boolean>): Promise<number> {
  const since = now();
  while (!(await holds())) {
    if (now() > since + 20_000) throw new Error('not within 20 s');
    await sleep(20);
  }
  return (now() - since) / 1_000;
}

beforeAll(() => takeInTinyImage(docker, image));

afterAll(async () => {
  for (const child of injectors) child.kill('SIGKILL');
  for (const id of ids) await docker.getContainer(id).remove({ force: true });
  await docker.getImage(image).remove({ force: true });
});

test('what is frozen thaws when its injector is killed with -9', async () => {
  const id = await victim();
  const child = await injector('freeze', id, '600');
  expect((await stateOf(id)).Paused).toBe(true);
  child.kill('SIGKILL');
  expect(await secondsUntil(async () => !(await stateOf(id)).Paused)).toBeLessThan(10);
});

test('what is frozen thaws when its time is over, and when it is asked for', async () => {
  const id = await victim();
  await freeze(id, 1);
  expect(await secondsUntil(async () => !(await stateOf(id)).Paused)).toBeGreaterThan(0.5);
  const { heal } = await freeze(id, 600);
  await heal();
  expect((await stateOf(id)).Paused).toBe(false);
  await heal();
});

const withNft = test.skipIf(spawnSync('nft', ['--version']).error || process.getuid?.() !== 0);

withNft('who is cut off gets nothing, others get everything, and packets are counted', async () => {
  const [cut, other, third] = [await victim(), await victim(), await victim()];
  expect(await secondsUntil(async () => reaches(other, await addressOf(cut)))).toBeLessThan(20);
  await using parted = await partition(cut, [await addressOf(other)]);
  expect(await reaches(other, await addressOf(cut))).toBe(false);
  expect(await parted.dropped()).toBeGreaterThan(0);
  expect(await reaches(third, await addressOf(cut))).toBe(true);
  await parted.heal();
  expect(await reaches(other, await addressOf(cut))).toBe(true);
});

withNft('who is cut off is reached again at once when the injector is killed with -9', async () => {
  const [cut, other] = [await victim(), await victim()];
  const address = await addressOf(cut);
  expect(await secondsUntil(() => reaches(other, address))).toBeLessThan(20);
  const child = await injector('partition', cut, await addressOf(other));
  expect(await reaches(other, address)).toBe(false);
  child.kill('SIGKILL');
  expect(await secondsUntil(() => reaches(other, address))).toBeLessThan(5);
});

const withLoop = test.skipIf(spawnSync('losetup', ['--list']).error || process.getuid?.() !== 0);

withLoop('a small disk is full, and has space again when who filled it is killed with -9', async () => {
  await using disk = await smallDisk(64, 300);
  const name = image.replace(':', '-');
  await docker.createVolume({ Name: name, Labels: { of: 'the test' } });
  await moveVolume(name, disk);
  const id = await victim('', [`${name}:/data`]);
  const { Mountpoint, Labels } = await docker.getVolume(name).inspect();
  expect(Labels).toEqual({ of: 'the test' });
  const write = () => runInContainer(id, 'sh', '-c', 'echo much >/data/file && cat /data/file');
  const child = await injector('fill', Mountpoint);
  await expect(write()).rejects.toThrow(/No space left/);
  child.kill('SIGKILL');
  await secondsUntil(() =>
    write().then(
      () => true,
      () => false,
    ),
  );
  await docker.getContainer(id).remove({ force: true });
  ids.splice(ids.indexOf(id), 1);
  await docker.getVolume(name).remove();
});

test('a folder that was taken away is given back when who took it is killed with -9', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'holdfast-faults-'));
  const modeOf = async () => (await stat(folder)).mode & 0o777;
  const child = await injector('close', folder, '600');
  expect(await modeOf()).toBe(0);
  child.kill('SIGKILL');
  await secondsUntil(async () => (await modeOf()) === 0o700);
  await rm(folder, { recursive: true });
});

test('a kill by the engine stays; one by the kernel is followed by the restart policy', async () => {
  const [one, other] = [await victim('always'), await victim('always')];
  await kill(one, 'engine');
  expect((await stateOf(one)).Running).toBe(false);
  await kill(other, 'kernel');
  await secondsUntil(async () => (await stateOf(other)).Running);
  expect((await stateOf(one)).Running).toBe(false);
});
