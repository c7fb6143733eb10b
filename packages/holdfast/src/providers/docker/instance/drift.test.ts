import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freePort } from '../../../kit/testing/free-port.ts';
import { type InstanceGround, openInstanceGround } from '../testing/instance-ground.ts';
import { randomSubnet, reveal } from '../testing/workbench.ts';
import { dockerInstances } from './provider.ts';

const signal = new AbortController().signal;

describe('instances of Docker and the hands of people', () => {
  let ground: InstanceGround;
  beforeAll(async () => {
    ground = await openInstanceGround('drift');
  });
  afterAll(() => ground.bench[Symbol.asyncDispose]());

  test('a limit that is no longer declared needs another container; the engine only knows how to set one', async () => {
    const desired = ground.web({ limits: { memory: 64 * 2 ** 20, cpu: 250, processes: 20 } });
    const seen = await ground.start(desired);
    const wanted = { ...desired, spec: { ...desired.spec, limits: { processes: 20 } } };
    expect(ground.differences(wanted, seen)).toEqual([
      { aspect: 'memory limit', found: '67 MB (67108864 bytes)', wanted: 'none', mend: 'replace' },
      { aspect: 'cpu limit', found: '0.25', wanted: 'none', mend: 'replace' },
    ]);
  });

  test('a limit that the kernel of the engine can not hold is no difference', async () => {
    const desired = ground.web();
    const seen = await ground.start(desired);
    const limits = { memory: 64 * 2 ** 20, cpu: 250, processes: 7 };
    const wanted = { ...desired, spec: { ...desired.spec, limits } };
    const powerless = { ...ground.bench.host, enforces: { memory: false, swap: false, cpu: false, processes: false } };
    expect(dockerInstances(powerless, ground.bench.scope, { reveal }).differences(wanted, seen)).toEqual([]);
    expect(ground.differences(wanted, seen).map(({ aspect }) => aspect)).toEqual([
      'memory limit',
      'cpu limit',
      'process limit',
    ]);
  });

  test('a network deleted under a running instance is told, and mended with its host ports', async () => {
    const doomed = ground.bench.desire('network', 'doomed', { subnet: randomSubnet(), internal: false });
    const { networks, instances } = ground.bench.providers();
    await networks.ensure(doomed, undefined, signal);
    const hostPort = await freePort();
    const desired = ground.web({
      networks: [{ name: doomed.name, aliases: ['web'] }],
      command: ['httpd', '-f', '-p', '8080', '-h', '/etc'],
      ports: [8080],
      publish: [{ port: 8080, hostAddress: '127.0.0.1', hostPort }],
    });
    const seen = await ground.start(desired);
    const network = ground.bench.host.docker.getNetwork(doomed.name);
    await network.disconnect({ Container: seen.id, Force: true });
    await network.remove();
    expect(ground.differences(desired, await ground.observed(desired))).toMatchObject([
      { aspect: `network ${doomed.name}`, found: 'not connected', mend: 'in-place' },
    ]);
    await networks.ensure(doomed, undefined, signal);
    const mended = await instances.ensure(desired, await ground.observed(desired), signal);
    expect(mended.id).toBe(seen.id);
    expect(ground.differences(desired, mended)).toEqual([]);
    const answer = await fetch(`http://127.0.0.1:${hostPort}/passwd`);
    expect(await answer.text()).toContain('root:x:0');
  });

  test('a network deleted under an instance that another takes the place of needs another instance too', async () => {
    const { networks } = ground.bench.providers();
    const [doomed, next] = [0, 1].map(() =>
      ground.bench.desire('network', 'doomed', { subnet: randomSubnet(), internal: false }),
    ) as [typeof ground.lan, typeof ground.lan];
    await networks.ensure(doomed, undefined, signal);
    const desired = ground.web({ networks: [{ name: doomed.name, aliases: ['web'] }] });
    const { id: Container } = await ground.start(desired);
    const network = ground.bench.host.docker.getNetwork(doomed.name);
    await network.disconnect({ Container, Force: true });
    await network.remove();
    await networks.ensure(next, undefined, signal);
    const wanted = { ...desired, spec: { ...desired.spec, networks: [{ name: next.name, aliases: ['web'] }] } };
    expect(ground.differences(wanted, await ground.observed(desired))).toMatchObject([
      { aspect: `network ${next.name}`, found: 'not connected', wanted: 'connected', mend: 'replace' },
    ]);
  });

  test('a network deleted while its instance was stopped is told, and mended once there is one again', async () => {
    const doomed = ground.bench.desire('network', 'doomed', { subnet: randomSubnet(), internal: false });
    const { networks, instances } = ground.bench.providers();
    await networks.ensure(doomed, undefined, signal);
    const desired = ground.web({ networks: [{ name: doomed.name, aliases: ['web'] }] });
    const seen = await ground.start(desired);
    await ground.bench.host.docker.getContainer(seen.id).stop();
    await ground.bench.host.docker.getNetwork(doomed.name).remove();
    expect(ground.differences(desired, await ground.observed(desired))).toMatchObject([
      { aspect: `network ${doomed.name}`, found: 'connected to one of that name that is gone' },
      { aspect: 'status', found: 'exited (143)', wanted: 'running' },
    ]);
    await networks.ensure(doomed, undefined, signal);
    expect(
      ground.differences(desired, await instances.ensure(desired, await ground.observed(desired), signal)),
    ).toEqual([]);
  });

  test('a container made by hand on our network is seen there, and is not ours', async () => {
    const network = (await ground.networks.observe(ground.bench.scope)).find(({ name }) => name === ground.lan.name);
    const name = ground.bench.handMade('squatter');
    const hostPort = await freePort();
    const container = await ground.bench.host.docker.createContainer({
      name,
      Image: ground.bench.image,
      Cmd: ['sleep', '60'],
      ExposedPorts: { '80/tcp': {} },
      HostConfig: {
        NetworkMode: ground.lan.name,
        PortBindings: { '80/tcp': [{ HostIp: '127.0.0.1', HostPort: String(hostPort) }] },
      },
    });
    await container.start();
    const found = (await ground.instances.observe(ground.bench.scope)).find(one => one.name === name);
    expect(found).toMatchObject({
      about: expect.stringMatching(/^container .*, up /),
      state: { running: true, hostPorts: [hostPort] },
    });
    expect(found?.uses).toContain(network?.id);
    expect(found?.birth).toBeUndefined();
    await container.remove({ force: true });
  });

  test('a container made by hand from a copy of ours does not pass for ours', async () => {
    const desired = ground.web();
    const seen = await ground.start(desired);
    const copy = `${ground.bench.handMade('copy')}:1`;
    const [repo, tag] = copy.split(':');
    await ground.bench.host.docker.getContainer(seen.id).commit({ repo, tag });
    const twin = await ground.bench.host.docker.createContainer({
      name: ground.bench.handMade('twin'),
      Image: copy,
      Cmd: ['sleep', '9'],
    });
    const ours = (await ground.instances.observe(ground.bench.scope)).filter(({ birth }) => birth?.uid === desired.uid);
    expect(ours.map(({ id }) => id)).toEqual([seen.id]);
    await twin.remove();
  });

  test('a name that a hand-made container has is told', async () => {
    const desired = ground.web();
    const stranger = await ground.bench.host.docker.createContainer({
      name: desired.name,
      Image: ground.bench.image,
      Cmd: ['sleep', '9'],
    });
    await expect(ground.start(desired)).rejects.toMatchObject({
      parts: { what: expect.stringContaining('not ours'), where: expect.stringContaining(stranger.id.slice(0, 12)) },
    });
    await stranger.remove();
  });

  test('one that runs once is done when it ended well, whatever became of its network', async () => {
    const desired = ground.web({
      runs: 'once',
      command: ['echo', 'migrated'],
      networks: [{ name: ground.lan.name, aliases: ['once'] }],
    });
    const seen = await ground.start(desired);
    expect(await ground.bench.inside.ended(seen, signal)).toBe(0);
    await ground.bench.host.docker.getNetwork(ground.lan.name).disconnect({ Container: seen.id });
    const ended = await ground.observed(desired);
    expect(ended.state).toMatchObject({ running: false, exitCode: 0 });
    expect(ground.differences(desired, ended)).toEqual([]);
    expect((await ground.instances.ensure(desired, ended, signal)).state.startedAt).toBe(seen.state.startedAt);
  });
});
