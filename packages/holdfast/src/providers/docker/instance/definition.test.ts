import { inspect } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { InstanceDesire } from '../../../ports/desires.ts';
import { type InstanceGround, openInstanceGround } from '../testing/instance-ground.ts';
import { reveal, secretValue } from '../testing/workbench.ts';
import { give } from './birth.ts';

const signal = new AbortController().signal;

describe('what an instance of Docker is born with', () => {
  let ground: InstanceGround;
  beforeAll(async () => {
    ground = await openInstanceGround('definition');
  });
  afterAll(() => ground.bench[Symbol.asyncDispose]());

  test('a rich specification has no phantom difference, at once and after a restart', async () => {
    const desired = await ground.rich();
    const seen = await ground.start(desired);
    expect(ground.differences(desired, seen)).toEqual([]);
    await ground.bench.host.docker.getContainer(seen.id).restart();
    const again = await ground.observed(desired);
    expect(ground.differences(desired, again)).toEqual([]);
    expect(again.state.hostPorts).toEqual(desired.spec.publish.map(({ hostPort }) => hostPort));
    expect(again.state).toMatchObject({ running: true, hostname: 'host-rich', startedAt: expect.any(Number) });
  });

  test('files land with their content, mode and owner, under a read-only root too', async () => {
    const seen = await ground.start(await ground.rich());
    expect(await ground.read(seen, 'cat /run/secrets/key /etc/shop/deep/shop.conf')).toBe(`${secretValue}colour=blue`);
    expect(await ground.read(seen, 'stat -c "%a %u:%g" /run/secrets/key /etc/shop/deep/shop.conf')).toBe(
      '440 0:1000\n644 1000:1000',
    );
    expect(await ground.read(seen, 'touch /etc/passwd 2>&1')).toContain('Read-only file system');
    expect(await ground.read(seen, 'echo $KEY; id -u; ls /srv')).toBe(`key:${secretValue}\n1000`);
  });

  test('a volume that it may only read it can not write to', async () => {
    const seen = await ground.start(await ground.rich());
    expect(await ground.read(seen, 'touch /archive/x 2>&1')).toContain('Read-only file system');
  });

  test('unnamed volumes for files go with their instance', async () => {
    const seen = await ground.start(await ground.rich());
    const { Mounts } = await ground.bench.host.docker.getContainer(seen.id).inspect();
    const unnamed = Mounts.flatMap(({ Name }) => (Name && /^[0-9a-f]{64}$/.test(Name) ? [Name] : []));
    expect(unnamed).toHaveLength(1);
    await ground.instances.remove(seen, signal);
    const left = (await ground.bench.host.docker.listVolumes()).Volumes.map(({ Name }) => Name);
    expect(left.filter(name => unnamed.includes(name))).toEqual([]);
  });

  test('it can gain no privileges, and has only the capabilities that were declared', async () => {
    const seen = await ground.start(ground.web({ capabilities: ['NET_BIND_SERVICE'] }));
    const status = await ground.read(seen, 'cat /proc/self/status');
    expect(status).toMatch(/NoNewPrivs:\s+1/);
    expect(status).toMatch(/CapEff:\s+0000000000000400/);
  });

  test('no secret is in what is seen, nor in what differs', async () => {
    const desired = await ground.rich();
    const seen = [await ground.start(desired), await ground.observed(desired)];
    const env = { ...desired.spec.env, KEY: { value: { $secret: 'key' }, seal: 'another-seal' } };
    const files = {
      '/run/secrets/key': { content: { value: { $secret: 'key' }, seal: 'x' }, mode: '0440', owner: '0:0' },
    };
    const told = ground.differences(
      { ...desired, spec: { ...desired.spec, env, files } },
      await ground.observed(desired),
    );
    expect(told.map(({ aspect }) => aspect)).toEqual([
      'env KEY',
      'file /run/secrets/key',
      'file /etc/shop/deep/shop.conf',
    ]);
    expect(inspect([seen, told], { depth: null })).not.toContain(secretValue);
    expect(JSON.stringify([seen, told])).not.toContain(secretValue);
  });

  test('an error of the engine never repeats a secret', async () => {
    const env = { '': { value: { $secret: 'key' }, seal: 's' } };
    const refusal = await ground.start(ground.web({ env })).catch((error: unknown) => error);
    expect(refusal).toMatchObject({
      parts: { why: expect.stringContaining('invalid environment variable: =[secret]') },
    });
    expect(inspect(refusal, { depth: null, showHidden: true })).not.toContain(secretValue);
  });

  test('each aspect that is declared otherwise is told by name, as found and as wanted', async () => {
    const desired = await ground.rich();
    const seen = await ground.start(desired);
    const { PLAIN: _, ...env } = desired.spec.env;
    const spec: InstanceDesire = {
      ...desired.spec,
      command: ['sleep 5'],
      user: '0',
      env: { ...env, JOINED: { value: 'postgres://other' }, NEW: { value: 'x' } },
      readOnly: false,
      mounts: {},
      reads: {},
      stopGrace: 9_000,
    };
    const told = ground.differences({ ...desired, spec }, seen);
    expect(told.every(({ mend }) => mend === 'replace')).toBe(true);
    expect(told.map(({ aspect, found, wanted }) => [aspect, found, wanted])).toEqual([
      ['command', '"httpd -f -p 8080 -h /srv"', '"sleep 5"'],
      ['user', '1000:1000', '0'],
      ['env JOINED', 'postgres://db', 'postgres://other'],
      ['env NEW', 'not set', 'x'],
      ['stop grace', '3s', '9s'],
      ['env PLAIN', 'a=b c', 'not set'],
      ['mount /srv', expect.stringMatching(/^volume .*data/), 'not set'],
      ['mount /archive', expect.stringMatching(/^volume .*data.*, read-only$/), 'not set'],
      ['root file system', 'read-only', 'not set'],
    ]);
  });

  test('files are put again into one that a crash left before its first start', async () => {
    const files = { '/etc/shop.conf': { content: { value: 'whole' }, mode: '0644', owner: '0:0' } };
    const desired = ground.web({ files });
    const id = await give(desired, { host: ground.bench.host, scope: ground.bench.scope, reveal });
    await ground.bench.inside.put({ ...(await ground.observed(desired)), id }, { '/etc/shop.conf': 'ha' });
    expect(await ground.read(await ground.start(desired), 'cat /etc/shop.conf')).toBe('whole');
  });

  test('a file in the root itself of a read-only instance is refused', async () => {
    const files = { '/shop.conf': { content: { value: 'x' }, mode: '0644', owner: '0:0' } };
    await expect(ground.start(ground.web({ files, readOnly: true }))).rejects.toMatchObject({
      exit: 2,
      message: expect.stringContaining('/shop.conf'),
    });
  });
});
