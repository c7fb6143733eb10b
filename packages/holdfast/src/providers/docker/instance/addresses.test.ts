import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { InstanceDesire } from '../../../ports/desires.ts';
import type { Desired } from '../../../ports/provider.ts';
import { type InstanceGround, openInstanceGround } from '../testing/instance-ground.ts';
import { randomSubnet } from '../testing/workbench.ts';
import { standInLabel } from '../warden/stand-in.ts';

const signal = new AbortController().signal;

describe('addresses of instances of Docker', () => {
  let ground: InstanceGround;
  const subnet = randomSubnet();
  const kept = subnet.replace('.0/24', '.139');
  let inner: string;
  beforeAll(async () => {
    ground = await openInstanceGround('addr');
    const fixed = { subnet, internal: true, range: subnet.replace('/24', '/25') };
    inner = (await ground.networks.ensure(ground.bench.desire('network', 'inner', fixed), undefined, signal)).name;
  });
  afterAll(() => ground.bench[Symbol.asyncDispose]());

  const on = (address?: string): InstanceDesire['networks'] => [
    { name: ground.lan.name, aliases: ['db'] },
    { name: inner, aliases: ['db'], ...(address && { address }) },
  ];
  const kill = async (id: string): Promise<void> => {
    await ground.bench.host.docker.getContainer(id).kill();
  };
  const hold = async (desired: Desired<InstanceDesire>) => ground.read(await ground.start(desired), 'ip -4 addr');

  test('an instance has the address that was declared, and has it again after it was killed', async () => {
    const desired = ground.web({ networks: on(kept) });
    const seen = await ground.start(desired);
    expect(await ground.read(seen, 'ip -4 addr')).toContain(kept);
    expect(ground.differences(desired, seen)).toEqual([]);
    await kill(seen.id);
    const others = await Promise.all([0, 1, 2].map(() => hold(ground.web({ networks: on() }))));
    expect(others.filter(one => one.includes(kept))).toEqual([]);
    const again = await ground.instances.ensure(desired, await ground.observed(desired), signal);
    expect(again.id).toBe(seen.id);
    expect(await ground.read(again, 'ip -4 addr')).toContain(kept);
    await ground.instances.remove(again, signal);
  });

  test('an address that is declared otherwise, or no longer, needs another instance', async () => {
    const desired = ground.web({ networks: on(kept) });
    const seen = await ground.start(desired);
    const told = (address?: string) =>
      ground.differences({ ...desired, spec: { ...desired.spec, networks: on(address) } }, seen);
    const other = kept.replace('.139', '.140');
    const aspect = `address on network ${inner}`;
    expect(told(other)).toEqual([{ aspect, found: kept, wanted: other, mend: 'replace' }]);
    expect(told()).toEqual([{ aspect, found: kept, wanted: 'whichever the engine gives', mend: 'replace' }]);
    await ground.instances.remove(seen, signal);
  });

  test('one that a hand gave another address is told', async () => {
    const desired = ground.web({ networks: on(kept) });
    const seen = await ground.start(desired);
    const network = ground.bench.host.docker.getNetwork(inner);
    await network.disconnect({ Container: seen.id });
    await network.connect({ Container: seen.id, EndpointConfig: { Aliases: ['db'] } });
    expect(ground.differences(desired, await ground.observed(desired))).toEqual([
      {
        aspect: `address on network ${inner}`,
        found: 'whichever the engine gives',
        wanted: kept,
        mend: 'replace',
      },
    ]);
    await ground.instances.remove(seen, signal);
  });

  test('one that was disconnected by hand comes back with its address', async () => {
    const desired = ground.web({ networks: on(kept) });
    const seen = await ground.start(desired);
    await ground.bench.host.docker.getNetwork(inner).disconnect({ Container: seen.id });
    const mended = await ground.instances.ensure(desired, await ground.observed(desired), signal);
    expect(await ground.read(mended, 'ip -4 addr')).toContain(kept);
    expect(ground.differences(desired, mended)).toEqual([]);
    await ground.instances.remove(mended, signal);
  });

  test('an address that another one took meanwhile is told', async () => {
    const desired = ground.web({ networks: on(kept) });
    const seen = await ground.start(desired);
    await ground.bench.host.docker.getNetwork(inner).disconnect({ Container: seen.id });
    const thief = await ground.start(ground.web({ networks: on(kept) }));
    await expect(ground.instances.ensure(desired, await ground.observed(desired), signal)).rejects.toMatchObject({
      parts: {
        what: expect.stringContaining(`can't be connected to network ${inner}`),
        why: expect.stringMatching(/already in use/),
      },
    });
    for (const one of [thief, seen]) await ground.instances.remove(one, signal);
  });

  test('an address at which somebody only stands in for a dead one is waited for', async () => {
    const { docker } = ground.bench.host;
    const standIn = await docker.createContainer({
      name: ground.bench.handMade('stand-in'),
      Image: ground.bench.image,
      Cmd: ['sleep', '60'],
      Labels: { [standInLabel]: '' },
      HostConfig: { NetworkMode: inner },
      NetworkingConfig: { EndpointsConfig: { [inner]: { IPAMConfig: { IPv4Address: kept } } } },
    });
    await standIn.start();
    const started = ground.start(ground.web({ networks: on(kept) }));
    await sleep(1_000);
    await standIn.remove({ force: true });
    expect(await ground.read(await started, 'ip -4 addr')).toContain(kept);
    await ground.instances.remove(await started, signal);
  });

  test('a name is known by its address, whether anybody has it or not', async () => {
    const desired = ground.web({ networks: on(), hosts: { 'db-2': { value: kept } } });
    const seen = await ground.start(desired);
    expect(await ground.read(seen, 'grep -w db-2 /etc/hosts')).toBe(`${kept}\tdb-2`);
    expect(ground.differences(desired, seen)).toEqual([]);
  });

  test('a name that is known by another address, or no longer, needs another instance', async () => {
    const desired = ground.web({ networks: on(), hosts: { 'db-2': { value: kept } } });
    const seen = await ground.start(desired);
    const told = (hosts: InstanceDesire['hosts']) =>
      ground.differences({ ...desired, spec: { ...desired.spec, hosts: hosts ?? {} } }, seen);
    expect(told({ 'db-2': { value: '192.0.2.7' } })).toEqual([
      { aspect: 'host db-2', found: kept, wanted: '192.0.2.7', mend: 'replace' },
    ]);
    expect(told({})).toEqual([{ aspect: 'host db-2', found: kept, wanted: 'not set', mend: 'replace' }]);
  });
});
