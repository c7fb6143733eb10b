import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { ProbeSpec } from '../../model/spec/service-spec.ts';
import type { Prober } from '../../ports/prober.ts';
import type { Seen } from '../../ports/provider.ts';
import { dockerProber } from './prober.ts';
import { openWorkbench, randomSubnet, sleeper, type Workbench } from './testing/workbench.ts';

const signal = new AbortController().signal;
const timing = { interval: 100, timeout: 1_000, within: 5_000 };

describe.each(['direct', 'published'] as const)('instances of Docker are probed, %s', way => {
  let bench: Workbench;
  let web: Seen;
  let probe: Prober;
  beforeAll(async () => {
    bench = await openWorkbench(`probe-${way}`, { reach: way });
    probe = dockerProber(bench.host, bench.inside);
    const lan = bench.desire('network', 'lan', { subnet: randomSubnet(), internal: false });
    await bench.providers().networks.ensure(lan, undefined, signal);
    const silent = 'nc -ll -p 8081 -e sleep 60 & echo fine > /srv/healthz; exec httpd -f -p 8080 -h /srv';
    const spec = sleeper(bench.image, {
      networks: [{ name: lan.name, aliases: ['web'] }],
      command: ['sh', '-c', silent],
      ports: [8080, 8081, 8082],
    });
    web = await bench.providers().instances.ensure(bench.desire('instance', 'web.1', spec), undefined, signal);
    await vi.waitFor(async () => expect(await probe(web, http())).toMatchObject({ ok: true }), 10_000);
  });
  afterAll(() => bench[Symbol.asyncDispose]());

  const http = (more: Partial<Extract<ProbeSpec, { type: 'http' }>> = {}): ProbeSpec => ({
    type: 'http',
    port: 8080,
    path: '/healthz',
    status: [200],
    timing,
    ...more,
  });

  test('over HTTP, with the status and the beginning of the body', async () => {
    expect(await probe(web, http())).toEqual({ ok: true, answer: '200 OK: fine', milliseconds: expect.any(Number) });
    const missing = await probe(web, http({ path: '/nowhere' }));
    expect(missing).toMatchObject({ ok: false, answer: expect.stringMatching(/^404 Not Found: .*404/) });
    expect(missing.answer.length).toBeLessThanOrEqual('404 Not Found: '.length + 200);
    expect(await probe(web, http({ path: '/nowhere', status: [404] }))).toMatchObject({ ok: true });
  });

  test('over TCP, and a port that nobody listens on is refused', async () => {
    expect(await probe(web, { type: 'tcp', port: 8080, timing })).toMatchObject({ ok: true, answer: 'connected' });
    const refused = await probe(web, { type: 'tcp', port: 8082, timing });
    expect(refused).toMatchObject({ ok: false, answer: expect.stringMatching(/connection (refused|reset)/) });
  });

  test('by a command inside, with what it said', async () => {
    const command = (line: string): ProbeSpec => ({ type: 'command', command: ['sh', '-c', line], timing });
    expect(await probe(web, command('exit 0'))).toMatchObject({ ok: true, answer: 'exit code 0' });
    expect(await probe(web, command('echo disk full >&2; exit 1'))).toMatchObject({
      ok: false,
      answer: 'exit code 1: disk full',
    });
    expect(await probe(web, command('echo copies the data: 3 MB so far; exit 75'))).toMatchObject({
      ok: false,
      advances: true,
      answer: 'exit code 75: copies the data: 3 MB so far',
    });
    const slow = { ...command('sleep 9'), timing: { ...timing, timeout: 300 } };
    expect(await probe(web, slow)).toMatchObject({ ok: false, answer: 'no answer within 300 ms' });
  });

  test('no longer than they may take', async () => {
    const slow = await probe(web, http({ port: 8081, timing: { ...timing, timeout: 400 } }));
    expect(slow).toMatchObject({ ok: false, answer: 'no answer within 400 ms' });
    expect(slow.milliseconds).toBeLessThan(2_000);
  });

  test('and one that stands still says so', async () => {
    const still = await bench
      .providers()
      .instances.ensure(bench.desire('instance', 'still.1', sleeper(bench.image, { ports: [80] })), undefined, signal);
    await bench.host.docker.getContainer(still.id).kill();
    expect(await probe(still, http())).toMatchObject({ ok: false, answer: 'it is exited (137)' });
  });
});
