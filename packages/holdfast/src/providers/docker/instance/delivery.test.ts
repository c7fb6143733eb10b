import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { InstanceDesire } from '../../../ports/desires.ts';
import type { Desired, Seen } from '../../../ports/provider.ts';
import { type InstanceGround, openInstanceGround } from '../testing/instance-ground.ts';
import { reveal, secretValue } from '../testing/workbench.ts';
import { give } from './birth.ts';
import { putGuarded } from './guarded.ts';

const signal = new AbortController().signal;
const key = { value: { $secret: 'key' }, seal: 'seal-of-key' };

const files: InstanceDesire['files'] = {
  '/run/secrets/key': { content: key, mode: '0440', owner: '0:1000' },
  '/run/secrets/deep/own': { content: key, mode: '0400', owner: '1000:1000' },
  '/etc/shop.conf': { content: key, mode: '0440', owner: '0:1000' },
};

describe('secrets as files', { timeout: 120_000 }, () => {
  let ground: InstanceGround;
  beforeAll(async () => {
    ground = await openInstanceGround('delivery');
  });
  afterAll(() => ground.bench[Symbol.asyncDispose]());

  const container = ({ id }: Seen) => ground.bench.host.docker.getContainer(id);
  const volumes = async () => (await ground.bench.host.docker.listVolumes()).Volumes.map(({ Name }) => Name);
  const volumeOf = ({ uid }: Desired): string => `holdfast-files-${uid}`;

  /** Tries what would change a file, and tells what came of it. */
  const tampered = (seen: Seen, path: string): Promise<string> =>
    ground.read(
      seen,
      [`echo x >${path}`, `chmod 777 ${path}`, `rm -f ${path}`, `mv ${path} ${path}.old`, `ln -sf /dev/null ${path}`]
        .map(attempt => `(${attempt}) 2>/dev/null && echo '${attempt}'`)
        .join('; '),
    );

  test.each([
    ['as a user', { user: '1000:1000' }],
    ['as root', { user: '0:0' }],
    ['under a read-only root', { user: '0:0', readOnly: true }],
  ])('in /run/secrets are read %s, and changed by nobody', async (_, spec) => {
    const seen = await ground.start(ground.web({ ...spec, files }));
    for (const path of ['/run/secrets/key', '/run/secrets/deep/own']) {
      if (spec.user !== '0:0') expect(await ground.read(seen, `cat ${path}`)).toBe(secretValue);
      expect(await tampered(seen, path)).toBe('');
    }
    expect(await ground.read(seen, 'stat -c "%a %u:%g" /run/secrets/key /run/secrets/deep/own')).toBe(
      '440 0:1000\n400 1000:1000',
    );
    expect(await ground.read(seen, 'touch /run/secrets/new 2>&1')).toContain('Read-only file system');
    await ground.instances.remove(seen, signal);
  });

  test('elsewhere are changed by nobody but their owner', async () => {
    const seen = await ground.start(ground.web({ user: '1000:1000', files }));
    expect(await ground.read(seen, 'cat /etc/shop.conf')).toBe(secretValue);
    expect(await tampered(seen, '/etc/shop.conf')).toBe('');
  });

  test('are nowhere else: not in the image, what the engine tells of the container, its layer, or its log', async () => {
    const { docker } = ground.bench.host;
    const desired = ground.web({ files: { '/run/secrets/key': { content: key, mode: '0400', owner: '0:0' } } });
    const seen = await ground.start(desired);
    const [image, container_, volume] = [
      docker.getImage(ground.bench.image),
      container(seen),
      docker.getVolume(volumeOf(desired)),
    ];
    const told = [
      await image.inspect(),
      await image.history(),
      await container_.inspect(),
      await container_.changes(),
      await volume.inspect(),
      String(await container_.logs({ stdout: true, stderr: true, follow: false })),
      await docker.listContainers({ all: true }),
    ];
    for (const form of [secretValue, Buffer.from(secretValue).toString('base64').slice(0, -4)])
      expect(JSON.stringify(told)).not.toContain(form);
    const [exported, chunks] = [await container_.export(), [] as Buffer[]];
    for await (const chunk of exported) chunks.push(Buffer.from(chunk));
    expect(Buffer.concat(chunks).includes(secretValue)).toBe(false);
  });

  test('are there again after a restart, and after the process was killed and its policy brought it back', async () => {
    const desired = ground.web({ files, restart: 'always', user: '1000:1000' });
    const seen = await ground.start(desired);
    await container(seen).restart({ t: 0 });
    expect(await ground.read(seen, 'cat /run/secrets/key /etc/shop.conf')).toBe(secretValue.repeat(2));
    await ground.read(seen, 'kill -9 -1').catch(() => undefined);
    await expect.poll(async () => (await container(seen).inspect()).RestartCount).toBe(1);
    await expect.poll(async () => (await ground.observed(desired)).state.running).toBe(true);
    await pause(100);
    expect(await ground.read(seen, 'cat /run/secrets/key /etc/shop.conf')).toBe(secretValue.repeat(2));
    expect(ground.differences(desired, await ground.observed(desired))).toEqual([]);
  });

  test('go with their instance, and nothing that carried them is left', async () => {
    const desired = ground.web({ files });
    const seen = await ground.start(desired);
    expect(await volumes()).toContain(volumeOf(desired));
    const listed = await ground.bench.providers().volumes.observe(ground.bench.scope);
    expect(listed.map(({ name }) => name)).not.toContain(volumeOf(desired));
    await ground.instances.remove(seen, signal);
    expect(await volumes()).not.toContain(volumeOf(desired));
    const all = await ground.bench.host.docker.listContainers({ all: true });
    expect(all.flatMap(({ Names }) => Names)).not.toContain(`/${volumeOf(desired)}`);
  });

  test('of one that was removed by hand go when the next one is born', async () => {
    const desired = ground.web({ files });
    const seen = await ground.start(desired);
    await container(seen).remove({ force: true, v: true });
    expect(await volumes()).toContain(volumeOf(desired));
    const next = ground.web({ files });
    await ground.start(next);
    expect(await volumes()).not.toContain(volumeOf(desired));
    expect(await volumes()).toContain(volumeOf(next));
  });

  test('are whole where a crash left them half done, with what carried them', async () => {
    const { docker } = ground.bench.host;
    const desired = ground.web({ files, user: '1000:1000' });
    const { scope, host } = ground.bench;
    await give(desired, { host, scope, reveal });
    const carrier = await docker.createContainer({ name: volumeOf(desired), Image: ground.bench.image, Cmd: ['-'] });
    const seen = await ground.start(desired);
    expect(await ground.read(seen, 'cat /run/secrets/key')).toBe(secretValue);
    await expect(carrier.inspect()).rejects.toMatchObject({ statusCode: 404 });
    await expect(
      putGuarded(docker, { ...desired, spec: { ...desired.spec, image: 'none' } }, Buffer.alloc(0)),
    ).rejects.toThrow();
    await ground.instances.remove(seen, signal);
    expect(await volumes()).not.toContain(volumeOf(desired));
  });

  test('who mounts a volume of his own at the place has it his way', async () => {
    const data = ground.bench.desire('volume', 'own', {});
    await ground.bench.providers().volumes.ensure(data, undefined, signal);
    const seen = await ground.start(ground.web({ files, user: '1000:1000', mounts: { '/run/secrets': data.name } }));
    expect(await ground.read(seen, 'cat /run/secrets/key')).toBe(secretValue);
    expect((await container(seen).inspect()).Mounts.map(({ Name }) => Name)).toEqual([data.name]);
  });
});
