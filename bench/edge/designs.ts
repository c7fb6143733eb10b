import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createServer, request } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ask, load } from '../../packages/holdfast/src/providers/caddy/testing/load.ts';

/**
 * What is lost while an edge's table changes five times a second under 200 requests a second, by four designs. Behind
 * docs/decisions/edge.md. Run by hand, with Caddy's program and for how many seconds:
 *
 *     node bench/edge/designs.ts /usr/bin/caddy 20
 */
const [, , caddy = 'caddy', seconds = '20'] = process.argv;
const folder = mkdtempSync(join(tmpdir(), 'holdfast-edge-'));
const target = { host: '127.0.0.1', port: 18_080, name: 'shop.test' };
const [adminPort, switchPort, backendPorts] = [18_019, 18_081, [18_101, 18_102]] as const;
const running: ChildProcess[] = [];

/** Makes the table lead to one backend alone. */
type Change = (backend: number) => Promise<void>;

const designs: Readonly<Record<string, () => Promise<Change>>> = {
  'one Caddy, reloaded': async () => {
    await run(config(target.port, backendPorts[0], `127.0.0.1:${adminPort}`));
    return reload(target.port);
  },
  'a front, and a switch on loopback, reloaded': async () => {
    await run(config(switchPort, backendPorts[0], `127.0.0.1:${adminPort}`));
    await run(front(`127.0.0.1:${switchPort}`));
    return reload(switchPort);
  },
  'a front, and a switch on a Unix socket, reloaded': async () => {
    const socket = `unix/${join(folder, 'reloaded.sock')}`;
    await run(config(socket, backendPorts[0], `127.0.0.1:${adminPort}`));
    await run(front(socket));
    return reload(socket);
  },
  'a front, and a switch for each table (ours)': async () => {
    const change = switches();
    await change(backendPorts[0]);
    await run(front(`unix/${join(folder, 'current.sock')}`));
    return change;
  },
};

const reload =
  (listen: string | number): Change =>
  backend =>
    post(config(listen, backend, `127.0.0.1:${adminPort}`));

function switches(): Change {
  let [turn, serving] = [0, undefined as { process: ChildProcess; socket: string } | undefined];
  return async backend => {
    const socket = join(folder, `${turn++}.sock`);
    const before = serving;
    serving = { process: await run(config(`unix/${socket}`, backend), socket), socket };
    renameSync(socket, join(folder, 'current.sock'));
    if (before) void retire(before);
  };
}

/** Once the kernel lists its listener alone. */
async function retire({ process: old, socket }: { process: ChildProcess; socket: string }): Promise<void> {
  const isIdle = () => readFileSync('/proc/net/unix', 'utf8').split(`${socket}\n`).length <= 2;
  do await sleep(1_000);
  while (!isIdle());
  old.kill();
}

const proxy = (dial: string, more: object = {}) => ({ handler: 'reverse_proxy', upstreams: [{ dial }], ...more });

const config = (listen: string | number, backend: number, admin?: string) =>
  serving(
    listen,
    proxy(`127.0.0.1:${backend}`),
    admin ? { listen: admin, config: { persist: false } } : { disabled: true },
  );

const front = (dial: string) =>
  serving(
    target.port,
    proxy(dial, {
      load_balancing: { try_duration: '5s', try_interval: '50ms' },
      transport: { protocol: 'http', keep_alive: { enabled: false } },
    }),
    { disabled: true },
  );

const serving = (listen: string | number, handler: object, admin: object) => ({
  admin,
  logging: { logs: { default: { level: 'PANIC' } } },
  apps: {
    http: {
      servers: {
        one: {
          listen: [typeof listen === 'number' ? `127.0.0.1:${listen}` : listen],
          automatic_https: { disable: true },
          protocols: ['h1'],
          routes: [{ handle: [handler] }],
        },
      },
    },
  },
});

/** Starts a Caddy and waits until it takes connections. */
async function run(settings: ReturnType<typeof serving>, at?: string): Promise<ChildProcess> {
  const file = join(folder, `${running.length}.json`);
  writeFileSync(file, JSON.stringify(settings));
  const env = { ...process.env, HOME: folder, XDG_CONFIG_HOME: folder, XDG_DATA_HOME: folder };
  const started = spawn(caddy, ['run', '--config', file], { env, stdio: 'ignore' });
  running.push(started);
  const listen = settings.apps.http.servers.one.listen[0] ?? '';
  const socket = at ?? (listen.startsWith('unix/') ? listen.slice('unix/'.length) : undefined);
  while (!(await takes(socket ? { path: socket } : { port: Number(listen.split(':')[1]), host: '127.0.0.1' })))
    await sleep(10);
  return started;
}

async function takes(place: { path: string } | { host: string; port: number }): Promise<boolean> {
  const socket = connect(place);
  const taken = await once(socket, 'connect').then(
    () => true,
    () => false,
  );
  socket.destroy();
  return taken;
}

function post(settings: object): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const headers = { 'content-type': 'application/json' };
  request({ host: '127.0.0.1', port: adminPort, path: '/load', method: 'POST', headers, agent: false }, answer => {
    answer
      .resume()
      .on('end', () => (answer.statusCode === 200 ? resolve() : reject(new Error(`HTTP ${answer.statusCode}`))));
  })
    .on('error', reject)
    .end(JSON.stringify(settings));
  return promise;
}

const backends = backendPorts.map(port => {
  const server = createServer((asked, answer) => {
    asked
      .resume()
      .on('end', () => (asked.url === '/slow' ? setTimeout(() => answer.end('slow'), 3_000) : answer.end(`${port}`)));
  });
  server.on('upgrade', (_, socket) => {
    socket
      .on('error', () => {})
      .write('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n');
  });
  return server.listen(port, '127.0.0.1');
});

/** How long an upgraded connection lives; until it is destroyed when it is never closed. */
function upgraded() {
  const socket = connect(target.port, target.host);
  const told = { closed: false };
  socket.on('error', () => {}).on('close', () => Object.assign(told, { closed: true }));
  socket.resume().write('GET / HTTP/1.1\r\nHost: shop.test\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n');
  return { told, end: () => socket.destroy() };
}

async function kill(child: ChildProcess): Promise<void> {
  child.kill('SIGKILL');
  await once(child, 'exit');
}

for (const [design, begin] of Object.entries(designs)) {
  const change = await begin();
  const [stop, open, slow] = [new AbortController(), upgraded(), ask({ ...target, path: '/slow' }, 'GET')];
  await sleep(500);
  const report = load(target, { rate: 200, connections: 20 }, stop.signal);
  const end = performance.now() + Number(seconds) * 1_000;
  let changes = 0;
  while (performance.now() < end)
    await Promise.all([change(backendPorts[++changes % 2] ?? backendPorts[0]), sleep(200)]);
  stop.abort();
  const { sent, failed, failures } = await report;
  const webSocket = open.told.closed ? 'closed' : 'alive';
  const slowAnswer = await slow.catch((error: Error) => error.message);
  process.stdout.write(`${JSON.stringify({ design, changes, sent, failed, failures, slowAnswer, webSocket })}\n`);
  open.end();
  const ended = running.splice(0).filter(child => child.exitCode === null && child.signalCode === null);
  await Promise.all(ended.map(kill));
}
for (const server of backends) server.close().closeAllConnections();
process.exit(0);
