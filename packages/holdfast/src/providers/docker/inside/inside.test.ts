import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { InstanceDesire } from '../../../ports/desires.ts';
import type { LogLine } from '../../../ports/instances.ts';
import type { Seen } from '../../../ports/provider.ts';
import { openWorkbench, randomSubnet, sleeper, type Workbench } from '../testing/workbench.ts';
import { unixTime } from './logs.ts';

const signal = new AbortController().signal;

describe('inside instances of Docker', () => {
  let bench: Workbench;
  let instance: Seen;
  const start = (spec: Partial<InstanceDesire>) =>
    bench
      .providers()
      .instances.ensure(bench.desire('instance', 'web.1', sleeper(bench.image, spec)), undefined, signal);
  beforeAll(async () => {
    bench = await openWorkbench('inside');
    instance = await start({});
  });
  afterAll(() => bench[Symbol.asyncDispose]());

  const terminal = (input: string, interactive: boolean) => {
    const [output, error] = [new PassThrough(), new PassThrough()];
    const source = new PassThrough();
    source.end(input);
    const heard = async () => {
      output.end();
      error.end();
      return { output: await text(output), error: await text(error) };
    };
    return { heard, streams: { input: source, output, error, interactive } };
  };

  test('a command gives its exit code and each of its outputs', async () => {
    expect(await bench.inside.run(instance, ['sh', '-c', 'echo out; echo err >&2; exit 7'])).toEqual({
      exitCode: 7,
      stdout: 'out\n',
      stderr: 'err\n',
    });
  });

  test('a large output comes whole', async () => {
    const { stdout } = await bench.inside.run(instance, ['seq', '1', '100000']);
    expect(stdout.split('\n')).toHaveLength(100_001);
    expect(stdout).toContain('\n99999\n100000\n');
  });

  test('a command is awaited no longer than its signal allows', async () => {
    const before = performance.now();
    await expect(bench.inside.run(instance, ['sleep', '30'], AbortSignal.timeout(200))).rejects.toThrow(/timeout/);
    expect(performance.now() - before).toBeLessThan(5_000);
  });

  test('nor is one that says no more and runs on', async () => {
    const silent = ['sh', '-c', 'exec >/dev/null 2>&1; sleep 5'];
    const before = performance.now();
    await expect(bench.inside.run(instance, silent, AbortSignal.timeout(400))).rejects.toThrow(/timeout/);
    expect(performance.now() - before).toBeLessThan(3_000);
  });

  test('a command that is not there says so', async () => {
    const { exitCode, stdout } = await bench.inside.run(instance, ['nowhere']);
    expect(exitCode).toBeGreaterThan(0);
    expect(stdout).toContain('nowhere');
  });

  test('a pipe goes through a command that is attached', async () => {
    const { streams, heard } = terminal('one\ntwo\n', false);
    expect(await bench.inside.attach(instance, ['sh', '-c', 'cat; echo done >&2; exit 4'], streams)).toBe(4);
    expect(await heard()).toEqual({ output: 'one\ntwo\n', error: 'done\n' });
  });

  test('a terminal goes through a command that is attached', async () => {
    const { streams, heard } = terminal('echo $((40 + 2)); exit 5\n', true);
    expect(await bench.inside.attach(instance, ['sh'], streams)).toBe(5);
    expect((await heard()).output).toContain('\r\n42\r\n');
  });

  test('a file that was put is got, through a link too, and one that is not there is undefined', async () => {
    await bench.inside.put(instance, { '/etc/new/deep.conf': 'blue ☂', '/tmp/other': '' });
    await bench.inside.run(instance, ['sh', '-c', 'cd /etc/new; /bin/busybox ln -s deep.conf link']);
    expect(await bench.inside.get(instance, '/etc/new/deep.conf')).toBe('blue ☂');
    expect(await bench.inside.get(instance, '/etc/new/link')).toBe('blue ☂');
    expect(await bench.inside.get(instance, '/tmp/other')).toBe('');
    expect(await bench.inside.get(instance, '/etc/nowhere')).toBeUndefined();
  });

  async function collect(lines: AsyncIterable<LogLine>): Promise<LogLine[]> {
    return Array.fromAsync(lines);
  }

  test('logs come by line, with the time and the stream of each', async () => {
    const long = 'x'.repeat(40_000);
    const command = ['sh', '-c', `echo one; echo two >&2; echo ${long}; printf unended`];
    const seen = await start({ runs: 'once', command });
    await bench.inside.ended(seen, signal);
    const lines = await collect(bench.inside.logs(seen, {}));
    expect(lines.filter(({ stream }) => stream === 'stdout').map(line => line.text)).toEqual(['one', long, 'unended']);
    expect(lines.filter(({ stream }) => stream === 'stderr').map(line => line.text)).toEqual(['two']);
    expect(lines.every(({ at }) => /^\d{4}-\d\d-\d\dT[\d:]+\.\d{9}Z$/.test(at))).toBe(true);
    expect(await collect(bench.inside.logs(seen, { tail: 1 }))).toHaveLength(1);
    const last = lines.findLast(({ text }) => text === 'unended')?.at ?? '';
    expect((await collect(bench.inside.logs(seen, { since: last }))).map(line => line.text)).toEqual(['unended']);
  });

  test('logs are followed until the signal', async () => {
    const seen = await start({ command: ['sh', '-c', 'n=0; while sleep 0.1; do n=$((n+1)); echo $n; done'] });
    const stop = new AbortController();
    const heard: string[] = [];
    for await (const line of bench.inside.logs(seen, { follow: true }, stop.signal))
      if (heard.push(line.text) === 3) stop.abort();
    expect(heard.slice(0, 3)).toEqual(['1', '2', '3']);
  });

  test('logs that are followed end with their instance', async () => {
    const seen = await start({ runs: 'once', command: ['sh', '-c', 'sleep 0.3; echo last'] });
    const lines = await collect(bench.inside.logs(seen, { follow: true }));
    expect(lines.map(({ text }) => text)).toEqual(['last']);
  });

  test('the end of an instance that never started is not taken for granted', async () => {
    const { id } = await bench.host.docker.createContainer({
      name: bench.handMade('late'),
      Image: bench.image,
      Cmd: ['sh', '-c', 'exit 6'],
    });
    const ended = bench.inside.ended({ ...instance, id }, signal);
    setTimeout(() => bench.host.docker.getContainer(id).start(), 300);
    expect(await ended).toBe(6);
  });

  test('waiting for the end stops with the signal', async () => {
    await expect(bench.inside.ended(instance, AbortSignal.timeout(200))).rejects.toThrow(/timeout/);
  });

  test('one that is gone is undefined to a look, and a Problem to all else', async () => {
    const gone = { ...instance, id: 'f'.repeat(64), name: 'web-1' };
    expect(await bench.inside.look(gone)).toBeUndefined();
    await expect(bench.inside.run(gone, ['ls'])).rejects.toMatchObject({ name: 'Problem' });
    await expect(collect(bench.inside.logs(gone, {}))).rejects.toThrow('the logs of web-1');
    await expect(bench.inside.reach(gone, 80)).rejects.toMatchObject({ parts: { why: 'it is gone' } });
    await expect(bench.inside.ended(gone, signal)).rejects.toThrow('gone');
  });

  test('a look keeps who it is and what it does', async () => {
    expect(await bench.inside.look(instance)).toMatchObject({ birth: instance.birth, state: { running: true } });
  });

  test('the stamps of the engine go back to it without loss', () => {
    expect(unixTime('2026-11-23T21:29:21.247131983Z')).toBe('1795469361.247131983');
    expect(unixTime('2026-11-23T21:29:21Z')).toBe('1795469361.000000000');
  });
});

describe.each(['direct', 'published'] as const)('an instance is reached, %s', way => {
  let bench: Workbench;
  beforeAll(async () => {
    bench = await openWorkbench(`reach-${way}`, { reach: way });
  });
  afterAll(() => bench[Symbol.asyncDispose]());

  test('on a port that it declares, with no difference and no host port held', async () => {
    const lan = bench.desire('network', 'lan', { subnet: randomSubnet(), internal: false });
    await bench.providers().networks.ensure(lan, undefined, signal);
    const desired = bench.desire(
      'instance',
      'web.1',
      sleeper(bench.image, {
        networks: [{ name: lan.name, aliases: ['web'] }],
        command: ['httpd', '-f', '-p', '8080', '-h', '/etc'],
        ports: [8080],
      }),
    );
    const provider = bench.providers().instances;
    const seen = await provider.ensure(desired, undefined, signal);
    const { host, port } = await bench.inside.reach(seen, 8080);
    // The engine takes connections to a published port before the server inside does.
    const answer = () => fetch(`http://${host}:${port}/passwd`).then(response => response.text(), String);
    await expect.poll(answer, { timeout: 10_000 }).toContain('root:x:0');
    expect(host === '127.0.0.1').toBe(way === 'published');
    expect(provider.differences(desired, seen)).toEqual([]);
    expect(seen.state.hostPorts).toEqual([]);
    await bench.host.docker.getContainer(seen.id).stop();
    await expect(bench.inside.reach(seen, 8080)).rejects.toMatchObject({ parts: { why: 'it is exited (143)' } });
  });
});
