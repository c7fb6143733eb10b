import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Problem } from '../../kit/problem.ts';
import type { NetworkDesire } from '../../ports/desires.ts';
import { openWorkbench, randomSubnet, sleeper, type Workbench } from './testing/workbench.ts';

describe('networks of Docker', () => {
  let bench: Workbench;
  const signal = new AbortController().signal;
  const open = (spec: Partial<NetworkDesire> = {}) =>
    bench.desire('network', 'lan', { subnet: randomSubnet(), internal: false, ...spec });
  beforeAll(async () => {
    bench = await openWorkbench('network');
  });
  afterAll(() => bench[Symbol.asyncDispose]());

  test('one in use by a container made by hand stays, and the container is named', async () => {
    const { networks } = bench.providers();
    const seen = await networks.ensure(open(), undefined, signal);
    const name = bench.handMade('squatter');
    const container = await bench.host.docker.createContainer({
      name,
      Image: bench.image,
      Cmd: ['sleep', '60'],
      HostConfig: { NetworkMode: seen.name },
    });
    await container.start();
    const refusal = await networks.remove(seen, signal).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(Problem);
    expect(String(refusal)).toContain(name);
    await container.remove({ force: true });
    await networks.remove(seen, signal);
  });

  test('a subnet or a way out that was declared otherwise needs another network', async () => {
    const { networks } = bench.providers();
    const desired = open();
    const seen = await networks.ensure(desired, undefined, signal);
    const other = { ...desired, spec: { subnet: '10.9.8.0/24', internal: true } };
    expect(networks.differences(other, seen)).toEqual([
      { aspect: 'subnet', found: desired.spec.subnet, wanted: '10.9.8.0/24', mend: 'replace' },
      { aspect: 'way out', found: 'open', wanted: 'none (internal)', mend: 'replace' },
    ]);
    await expect(networks.ensure(other, seen, signal)).rejects.toThrow("can't be changed as it stands");
  });

  test('one that hands out a part of its addresses alone says so, and needs another network to do otherwise', async () => {
    const { networks } = bench.providers();
    const desired = open();
    const range = desired.spec.subnet.replace('/24', '/25');
    const fixed = { ...desired, spec: { ...desired.spec, range } };
    const seen = await networks.ensure(fixed, undefined, signal);
    expect(networks.differences(fixed, seen)).toEqual([]);
    expect(networks.differences(desired, seen)).toEqual([
      { aspect: 'addresses to hand out', found: range, wanted: 'all of the subnet', mend: 'replace' },
    ]);
  });

  test('the same subnet spelled in another way is no difference', async () => {
    const { networks } = bench.providers();
    const desired = open();
    const seen = await networks.ensure(desired, undefined, signal);
    const spec = { ...desired.spec, subnet: desired.spec.subnet.replace('.0/24', '.7/24') };
    expect(networks.differences({ ...desired, spec }, seen)).toEqual([]);
  });

  test('a name that a hand-made network has is told', async () => {
    const desired = open();
    const { id } = await bench.host.docker.createNetwork({ Name: desired.name });
    await expect(bench.providers().networks.ensure(desired, undefined, signal)).rejects.toMatchObject({
      parts: { what: expect.stringContaining('not ours'), where: expect.stringContaining(id.slice(0, 12)) },
    });
  });

  test('a subnet that overlaps another network is told in the words of the engine', async () => {
    const { networks } = bench.providers();
    const first = open();
    await networks.ensure(first, undefined, signal);
    await expect(networks.ensure(open({ subnet: first.spec.subnet }), undefined, signal)).rejects.toMatchObject({
      parts: { why: expect.stringMatching(/overlap/i) },
    });
  });

  test('the network that the engine made for itself is known for its addresses alone', async () => {
    const found = await bench.providers().networks.observe(bench.scope);
    expect(found.find(({ name }) => name === 'bridge')?.state).toMatchObject({
      predefined: true,
      subnets: [expect.stringMatching(/\/\d+$/)],
    });
    expect(found.filter(({ name }) => name === 'host' || name === 'none')).toEqual([]);
  });

  test('instances on an internal network reach each other by name', async () => {
    const { networks, instances } = bench.providers();
    const lan = await networks.ensure(open({ internal: true }), undefined, signal);
    const on = (alias: string, command: string[]) =>
      bench.desire(
        'instance',
        `${alias}.1`,
        sleeper(bench.image, { networks: [{ name: lan.name, aliases: [alias] }], command }),
      );
    await instances.ensure(on('web', ['httpd', '-f', '-p', '8080', '-h', '/etc']), undefined, signal);
    const asker = await instances.ensure(on('asker', ['sleep', '60']), undefined, signal);
    expect(await bench.inside.run(asker, ['wget', '-qO-', 'http://web:8080/passwd'])).toMatchObject({
      exitCode: 0,
      stdout: expect.stringContaining('root:x:0'),
    });
  });
});
