import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Problem } from '../kit/problem.ts';
import { edgeInside } from '../model/edge-inside.ts';
import { caddyRouter } from '../providers/caddy/router.ts';
import { ask, load } from '../providers/caddy/testing/load.ts';
import { edgeGround, until } from './testing/edge-ground.ts';

const route = { host: 'shop.test', path: '/' };
const rate = { rate: 200, connections: 20 };

/** A connection that was upgraded and echoes; `alive` tells whether it still does. */
async function upgraded({ host, port }: { host: string; port: number }) {
  const socket = connect(port, host);
  const heard: string[] = [];
  socket.setEncoding('utf8').on('data', text => heard.push(String(text)));
  socket.on('error', () => {});
  socket.write('GET / HTTP/1.1\r\nHost: shop.test\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n');
  await until(async () => heard.join('').includes('101'));
  return {
    async isAlive() {
      socket.write('ping');
      await sleep(200);
      return heard.at(-1) === 'ping';
    },
    [Symbol.dispose]: () => socket.destroy(),
  };
}

describe('an edge on a real engine', () => {
  let ground: Awaited<ReturnType<typeof edgeGround>>;
  let [one, two] = [{} as Awaited<ReturnType<typeof ground.backend>>, {} as Awaited<ReturnType<typeof ground.backend>>];

  beforeAll(async () => {
    ground = await edgeGround();
    [one, two] = await Promise.all([ground.backend('one'), ground.backend('two')]);
  });
  afterAll(() => ground?.[Symbol.asyncDispose]());

  const leadTo = (...backends: { upstream: typeof one.upstream }[]) =>
    ground.router.set(ground.door, [{ ...route, upstreams: backends.map(({ upstream }) => upstream) }]);

  test('that is new says so, and has an empty table', async () => {
    expect(await ground.router.table(ground.door)).toEqual([]);
    await expect(ask(ground.at, 'GET')).rejects.toThrow('503');
  });

  test('leads by host and by the longest path, and says what it does not know', async () => {
    const table = [
      { ...route, upstreams: [one.upstream] },
      { ...route, path: '/api', upstreams: [two.upstream] },
      { ...route, path: '/soon', upstreams: [] },
    ];
    await ground.router.set(ground.door, table);
    expect(await ground.router.table(ground.door)).toEqual(expect.arrayContaining(table));
    expect(await ask(ground.at, 'GET')).toBe('one');
    expect(await ask({ ...ground.at, path: '/api/orders' }, 'POST')).toBe('two');
    expect(await ask({ ...ground.at, path: '/apis' }, 'GET')).toBe('one');
    await expect(ask({ ...ground.at, path: '/soon' }, 'GET')).rejects.toThrow('503');
    await expect(ask({ ...ground.at, name: 'other.test' }, 'GET')).rejects.toThrow('404');
  });

  test('tells the address of the client, whatever the client says', async () => {
    await leadTo(one);
    const response = await ask({ ...ground.at, path: '/who', headers: { 'x-forwarded-for': '1.2.3.4' } }, 'GET');
    const told = JSON.parse(response);
    expect(told).toMatchObject({ host: 'shop.test', 'x-forwarded-host': 'shop.test', 'x-forwarded-proto': 'http' });
    expect(told['x-forwarded-for']).toMatch(/^(?!1\.2\.3\.4)[\d.]+$/);
  });

  test('loses no request while its table changes again and again', { timeout: 120_000 }, async () => {
    await leadTo(one);
    using open = await upgraded(ground.at);
    const [stop, slow] = [new AbortController(), ask({ ...ground.at, path: '/slow' }, 'GET')];
    const report = load(ground.at, rate, stop.signal);
    const end = performance.now() + 6_000;
    let shifts = 0;
    for (let [to, from] = [two, one]; performance.now() < end || shifts < 6; [to, from] = [from, to], shifts += 1)
      await ground.router.shift(ground.door, { routes: [route], add: [to.upstream], drop: [from.upstream] });
    stop.abort();
    const { sent, failures, answers } = await report;
    expect(failures).toEqual({});
    expect(sent).toBeGreaterThan(1_000);
    expect(Object.keys(answers).sort()).toEqual(['one', 'two']);
    expect(await slow).toMatch(/^\.{40}end$/);
    expect(await open.isAlive()).toBe(true);
  });

  test('waits for what is under way at an instance that leaves, and says when its patience ends', async () => {
    await leadTo(one);
    const slow = ask({ ...ground.at, path: '/slow' }, 'GET');
    await sleep(300);
    await ground.router.shift(ground.door, { routes: [route], add: [two.upstream], drop: [one.upstream] });
    expect(await ground.router.drained(ground.door, [one.upstream], 500)).toBe('time over');
    expect(await ground.router.drained(ground.door, [one.upstream], 10_000)).toBe('drained');
    expect(await Promise.race([slow, sleep(50, 'still under way')])).toMatch(/end$/);
    expect(await ask(ground.at, 'GET')).toBe('two');
  });

  test('lets switches go that nobody is connected to any more', async () => {
    await leadTo(one);
    await leadTo(two);
    await until(async () => {
      const { stdout } = await ground.instances.run(ground.door, ['ls', edgeInside.runtime]);
      return stdout.split('\n').filter(file => file.endsWith('.sock')).length === 2;
    });
  });

  test('takes changes that are asked for at once, one after the other', async () => {
    await leadTo(one);
    const hosts = ['a.test', 'b.test', 'c.test'];
    await Promise.all(
      hosts.map(host =>
        ground.router.shift(ground.door, { routes: [{ host, path: '/' }], add: [two.upstream], drop: [] }),
      ),
    );
    const table = await ground.router.table(ground.door);
    expect(table.map(({ host }) => host).sort()).toEqual([...hosts, 'shop.test']);
  });

  test('goes on with the table it has when Caddy refuses another, and says so', async () => {
    await leadTo(one);
    const { put } = ground.instances;
    const spoilt = {
      ...ground.instances,
      put: (edge: typeof ground.door) => put(edge, { [edgeInside.next]: '{ "apps": ' }),
    };
    const refusal = caddyRouter(spoilt).set(ground.door, [{ ...route, upstreams: [two.upstream] }]);
    await expect(refusal).rejects.toThrow('did not take its new routes');
    await refusal.catch((error: Problem) =>
      expect(error.parts.evidence?.join('\n')).toContain('unexpected end of JSON'),
    );
    expect(await ground.router.table(ground.door)).toEqual([{ ...route, upstreams: [one.upstream] }]);
    expect(await ask(ground.at, 'POST')).toBe('one');
  });

  test('asks another instance when one has just died', async () => {
    const three = await ground.backend('three');
    await leadTo(two, three);
    const stop = new AbortController();
    const report = load(ground.at, { ...rate, methods: ['GET'] }, stop.signal);
    await sleep(500);
    await ground.kill(three.seen);
    await sleep(2_000);
    stop.abort();
    expect((await report).failures).toEqual({});
  });

  test('waits for all of its instances, when all were deaf for a moment', async () => {
    const deaf = await Promise.all([ground.backend('four', { backlog: 4 }), ground.backend('five', { backlog: 4 })]);
    await leadTo(...deaf);
    const stop = new AbortController();
    const report = load(ground.at, { rate: 300, connections: 300, methods: ['GET'] }, stop.signal);
    await sleep(500);
    await Promise.all(deaf.map(({ seen }) => ground.pause(seen)));
    await sleep(1_500);
    await Promise.all(deaf.map(({ seen }) => ground.unpause(seen)));
    await sleep(1_000);
    stop.abort();
    expect((await report).failures).toEqual({});
  });

  test('is patient with an instance that is too busy to take all connections at once', async () => {
    const busy = await ground.backend('six', { backlog: 4 });
    await leadTo(busy);
    await ground.pause(busy.seen);
    const answers = Array.from({ length: 12 }, async (_, nth) => {
      await sleep(nth * 25);
      return ask({ ...ground.at, path: '/once' }, 'POST');
    });
    await sleep(600);
    await ground.unpause(busy.seen);
    expect(new Set(await Promise.all(answers))).toEqual(new Set(['six']));
  });

  test('lets nobody on its network change anything', async () => {
    const { host } = ground.at;
    const change = (method: string, path: string) =>
      fetch(`http://${host}:${edgeInside.statusPort}${path}`, { method }).then(({ status }) => status);
    expect(await change('POST', '/current/config')).toBe(404);
    expect(await change('GET', '/current/stop')).toBe(404);
    await expect(fetch(`http://${host}:2019/config/`)).rejects.toThrow('fetch failed');
  });

  test('comes back by itself with its last table after a restart', async () => {
    await leadTo(one);
    await leadTo(two);
    await ground.restart(ground.door);
    const { host } = await ground.instances.reach(ground.door, 80);
    await until(async () => (await ask({ ...ground.at, host }, 'GET')) === 'two');
    expect(await ground.router.table(ground.door)).toEqual([{ ...route, upstreams: [two.upstream] }]);
  });

  test('comes back by itself when the switch that serves dies', async () => {
    const table = await ground.router.table(ground.door);
    const pid = await ground.instances.run(ground.door, [
      'sh',
      '-c',
      `kill -9 $(cat ${edgeInside.runtime}/current.pid)`,
    ]);
    expect(pid.exitCode).toBe(0);
    await sleep(1_500);
    await until(async () => (await ground.router.table(ground.door)).length === table.length);
  });
});
