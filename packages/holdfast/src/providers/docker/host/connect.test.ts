import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { sha256 } from '../../../kit/hash.ts';
import { addressesOf } from './addresses.ts';
import { connectDocker } from './connect.ts';

describe('the way to a Docker Engine', () => {
  let home: string;
  const servers: Server[] = [];
  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), 'hfdocker-'));
  });
  afterEach(async () => {
    for (const server of servers.splice(0)) server.close();
    await rm(home, { recursive: true });
  });

  /** What answers like an engine as far as its version goes. */
  async function engineAt(path: string, version: object, info: object = {}): Promise<void> {
    const server = createServer(({ url }, response) => {
      response
        .setHeader('content-type', 'application/json')
        .end(JSON.stringify(url?.startsWith('/version') ? version : info));
    });
    servers.push(server);
    await new Promise<void>(resolve => server.listen(path, resolve));
  }

  async function context(name: string, host: string): Promise<void> {
    const folder = join(home, '.docker/contexts/meta', sha256(name));
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'meta.json'), JSON.stringify({ Name: name, Endpoints: { docker: { Host: host } } }));
    await writeFile(join(home, '.docker/config.json'), JSON.stringify({ currentContext: name }));
  }

  test('is the one that was chosen, then DOCKER_HOST, then the current context, then the usual sockets', async () => {
    await context('colima', 'unix:///colima.sock');
    const env = { DOCKER_HOST: 'tcp://10.0.0.1:2375' };
    expect(await addressesOf('/my.sock', { env, home })).toMatchObject([{ url: 'unix:///my.sock' }]);
    expect(await addressesOf(undefined, { env, home })).toMatchObject([
      { url: 'tcp://10.0.0.1:2375', from: 'DOCKER_HOST' },
    ]);
    expect(await addressesOf(undefined, { env: {}, home })).toMatchObject([
      { url: 'unix:///colima.sock', from: 'Docker context "colima"' },
    ]);
    const usual = await addressesOf(undefined, {
      env: { DOCKER_CONTEXT: 'default', XDG_RUNTIME_DIR: '/run/user/7' },
      home,
    });
    expect(usual.map(({ url }) => url)).toEqual([
      'unix:///var/run/docker.sock',
      `unix://${home}/.docker/run/docker.sock`,
      'unix:///run/user/7/docker.sock',
    ]);
  });

  test('leads nowhere when the context is not there', async () => {
    await expect(addressesOf(undefined, { env: { DOCKER_CONTEXT: 'gone' }, home })).rejects.toMatchObject({ exit: 3 });
  });

  test('leads to the engine of this machine', async () => {
    const host = await connectDocker({ engine: 'here' });
    expect(host).toMatchObject({ engine: 'here', enforces: { processes: expect.any(Boolean) } });
    expect(await host.docker.ping()).toBeDefined();
  });

  test('is told with exit code 3, and what was tried, when no engine answers', async () => {
    const socket = join(home, 'nobody.sock');
    await expect(connectDocker({ socket })).rejects.toMatchObject({
      exit: 3,
      parts: {
        what: 'no Docker Engine answers',
        why: expect.stringContaining(socket),
        fix: expect.stringContaining('DOCKER_HOST'),
      },
    });
    await expect(connectDocker({ env: { DOCKER_HOST: 'tcp://127.0.0.1:9' }, home })).rejects.toMatchObject({
      exit: 3,
      parts: { where: 'DOCKER_HOST', why: expect.stringContaining('ECONNREFUSED') },
    });
    await expect(connectDocker({ socket: 'ssh://deploy@host' })).rejects.toMatchObject({ exit: 3 });
  });

  test('is refused where it leads to another machine, unless its containers can be dialled from here', async () => {
    for (const options of [{}, { reach: 'published' }] as const)
      await expect(connectDocker({ socket: 'tcp://192.0.2.1:2375', patience: 50, ...options })).rejects.toMatchObject({
        exit: 2,
        parts: { where: 'the configuration', fix: expect.stringContaining("reach: 'direct'") },
      });
    const direct = connectDocker({ socket: 'tcp://192.0.2.1:2375', patience: 50, reach: 'direct' });
    await expect(direct).rejects.toMatchObject({ exit: 3 });
    for (const near of ['localhost', '127.0.0.1', '[::1]'])
      await expect(connectDocker({ socket: `tcp://${near}:9`, patience: 500 })).rejects.toMatchObject({ exit: 3 });
  });

  test('is given up when the engine keeps silent', async () => {
    const socket = join(home, 'silent.sock');
    const server = createServer(() => {});
    servers.push(server);
    await new Promise<void>(resolve => server.listen(socket, resolve));
    await expect(connectDocker({ socket, patience: 100 })).rejects.toMatchObject({
      parts: { why: expect.stringContaining('100 ms') },
    });
    server.closeAllConnections();
  });

  test('is refused when the engine is too old', async () => {
    const socket = join(home, 'old.sock');
    await engineAt(socket, { ApiVersion: '1.40', Version: '19.03.15' });
    await expect(connectDocker({ socket })).rejects.toMatchObject({
      exit: 3,
      message: expect.stringContaining('too old: 19.03.15'),
    });
  });

  test('is direct to the containers of a local engine on Linux alone', async () => {
    const local = join(home, 'local.sock');
    const rootless = join(home, 'rootless.sock');
    const version = { ApiVersion: '1.55', Version: '31.0.0' };
    await engineAt(local, version, { OperatingSystem: 'Debian' });
    await engineAt(rootless, version, {
      OperatingSystem: 'Debian',
      SecurityOptions: ['name=seccomp', 'name=rootless'],
    });
    expect(await connectDocker({ socket: local, platform: 'linux' })).toMatchObject({ reach: 'direct' });
    expect(await connectDocker({ socket: local, platform: 'darwin' })).toMatchObject({ reach: 'published' });
    expect(await connectDocker({ socket: rootless, platform: 'linux' })).toMatchObject({ reach: 'published' });
    expect(await connectDocker({ socket: local, platform: 'darwin', reach: 'direct' })).toMatchObject({
      reach: 'direct',
    });
  });
});
