import { execFileSync } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer as createHttp, type RequestListener } from 'node:http';
import { createServer as createHttps } from 'node:https';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Problem } from '../../kit/problem.ts';
import type { SubjectSpec } from '../../model/spec/subject-spec.ts';
import { outsideLooker } from './looker.ts';

const signal = new AbortController().signal;
const day = 86_400_000;

const servers: Server[] = [];

async function listening(server: Server): Promise<number> {
  servers.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

afterAll(() => {
  for (const server of servers) {
    if ('closeAllConnections' in server) (server as ReturnType<typeof createHttp>).closeAllConnections();
    server.close();
  }
});

const looker = outsideLooker<{ readonly isThere: boolean }>({
  reach: async ({ isThere }, port) => {
    if (!isThere) throw new Problem({ what: `port ${port} of web can't be reached`, why: 'it is exited (137)' });
    return { host: '127.0.0.1', port };
  },
  reveal: String,
});

async function look(of: SubjectSpec, wanted: readonly string[] = [], within?: number, isThere = true) {
  const asked = { of, wanted: new Set(wanted), ...(within !== undefined && { within }) };
  const sight = (await looker.look({ isThere }, [asked], signal)).get(of);
  return sight && 'looked' in sight ? sight.looked : sight;
}

const answering: RequestListener = ({ url, method, headers }, response) => {
  if (url === '/slow') return;
  if (url === '/away') return void response.writeHead(302, { location: 'http://elsewhere.example/' }).end();
  if (url === '/flood') return void flood(response);
  response.setHeader('set-cookie', ['a=1', 'b=2']).setHeader('X-Colour', 'blue');
  response.end(JSON.stringify({ url, method, host: headers.host, token: headers['x-token'] }));
};

function flood(response: NodeJS.WritableStream & { on(event: 'drain', more: () => void): unknown }): void {
  const more = () => {
    while (response.write(Buffer.alloc(65_536, 'x')));
  };
  response.on('drain', more);
  more();
}

describe('over HTTP', () => {
  let port: number;
  beforeAll(async () => {
    port = await listening(createHttp(answering));
  });

  const http = (path: string): SubjectSpec => ({ type: 'http', port, path });

  test('what answers is told with its headers, and its body where that is asked for', async () => {
    expect(await look(http('/a?b'))).toEqual({
      facts: {
        status: 200,
        answer: expect.stringMatching(/^200 OK: \{"url":"\/a\?b","method":"GET"/),
        headers: expect.objectContaining({ 'set-cookie': 'a=1, b=2', 'x-colour': 'blue' }),
      },
    });
    const asked = {
      type: 'url',
      url: `http://127.0.0.1:${port}/x`,
      request: { method: 'GET', headers: { 'x-token': 't', host: 'shop.example' } },
    } as const;
    expect(await look(asked, ['body'])).toMatchObject({
      facts: { body: '{"url":"/x","method":"GET","host":"shop.example","token":"t"}' },
    });
  });

  test('no redirect is followed', async () => {
    expect(await look(http('/away'))).toMatchObject({
      facts: { status: 302, headers: { location: 'http://elsewhere.example/' } },
    });
  });

  test('a body that never ends is not read to its end', async () => {
    expect(await look(http('/flood'))).toMatchObject({ facts: { status: 200 } });
    expect(await look(http('/flood'), ['body'])).toEqual({ unknown: 'what it says is longer than 1 MiB' });
  });

  test('one that does not answer is not waited for', async () => {
    expect(await look(http('/slow'), [], 200)).toEqual({ missing: 'no answer within 200ms' });
    expect(await look({ type: 'http', port: 1, path: '/' })).toEqual({ missing: 'connection refused' });
    expect(await look(http('/'), [], undefined, false)).toEqual({ unknown: 'it is exited (137)' });
  });

  test('how long it takes is measured as often as is asked for', async () => {
    const of: SubjectSpec = { type: 'latency', url: `http://127.0.0.1:${port}/`, samples: 5 };
    const looked = await look(of);
    const samples = looked && 'facts' in looked && 'samples' in looked.facts ? looked.facts.samples : [];
    expect(samples).toHaveLength(5);
    expect(samples).toEqual(samples.toSorted((a, b) => a - b));
    expect(await look({ ...of, url: `tcp://127.0.0.1:${port}` })).toHaveProperty('facts.samples.length', 5);
    expect(await look({ ...of, url: 'tcp://127.0.0.1:1' })).toEqual({ missing: 'connection refused' });
  });
});

describe('over TLS', () => {
  let port: number;
  const folder = mkdtempSync(join(tmpdir(), 'hf-facts-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  const openssl = (...words: string[]) => execFileSync('openssl', words, { cwd: folder, stdio: 'pipe' });

  beforeAll(async () => {
    const ca = ['-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '90'];
    openssl('req', ...ca, '-subj', '/CN=A root/O=Shop', '-keyout', 'ca.key', '-out', 'ca.pem');
    const names = [
      '-subj',
      '/CN=shop.example',
      '-addext',
      'subjectAltName=DNS:shop.example,DNS:*.shop.example,IP:127.0.0.1',
    ];
    openssl(
      'req',
      ...ca,
      ...names,
      '-days',
      '30',
      '-CA',
      'ca.pem',
      '-CAkey',
      'ca.key',
      '-keyout',
      'a.key',
      '-out',
      'a.pem',
    );
    const [key, leaf, root] = ['a.key', 'a.pem', 'ca.pem'].map(file => readFileSync(join(folder, file)));
    port = await listening(
      createHttps({ key, cert: Buffer.concat([leaf ?? Buffer.of(), root ?? Buffer.of()]) }, answering),
    );
  });

  test('a certificate is told with its chain, and why it is not to be trusted', async () => {
    const looked = await look({ type: 'certificate', host: '127.0.0.1', port, name: 'shop.example' });
    expect(looked).toEqual({
      facts: {
        subject: 'CN=shop.example',
        issuer: 'CN=A root, O=Shop',
        names: ['shop.example', '*.shop.example', '127.0.0.1'],
        daysLeft: 29,
        chain: ['CN=shop.example', 'CN=A root, O=Shop'],
        distrust: 'its authority is not among those that are trusted',
      },
    });
  });

  test('days left are counted from now', async () => {
    const late = outsideLooker(
      { reach: async () => ({ host: '', port: 0 }), reveal: String },
      () => Date.now() + 40 * day,
    );
    const of: SubjectSpec = { type: 'certificate', host: '127.0.0.1', port };
    const sight = (await late.look({}, [{ of, wanted: new Set() }], signal)).get(of);
    expect(sight).toMatchObject({ looked: { facts: { daysLeft: -11 } } });
  });

  test('what answers is told with its version of TLS', async () => {
    expect(await look({ type: 'url', url: `https://127.0.0.1:${port}/` })).toMatchObject({
      facts: { status: 200, tls: { version: '1.3', distrust: expect.any(String) } },
    });
  });

  test('a port that speaks no TLS says so', async () => {
    const plain = await listening(createHttp(answering));
    expect(await look({ type: 'certificate', host: '127.0.0.1', port: plain })).toEqual({
      missing: 'it does not speak TLS',
    });
  });
});

describe('over TCP and UDP', () => {
  test('who takes connections is told, and what it says first', async () => {
    const port = await listening(createServer(socket => void socket.on('error', () => {}).end('220 mail.example\r\n')));
    const of: SubjectSpec = { type: 'tcp', host: '127.0.0.1', port };
    expect(await look(of)).toEqual({ facts: { answer: 'it takes connections' } });
    expect(await look(of, ['greeting'])).toMatchObject({ facts: { greeting: '220 mail.example\r\n' } });
    expect(await look({ ...of, port: 1 })).toEqual({ missing: 'connection refused' });
  });

  test('who says nothing first is waited for no longer than some moments', async () => {
    const port = await listening(createServer(() => {}));
    expect(await look({ type: 'tcp', host: '127.0.0.1', port }, ['greeting'])).toMatchObject({
      facts: { greeting: '' },
    });
  });

  test('a port of a target that hangs up at once does not listen', async () => {
    const shut = await listening(createServer(socket => void socket.destroy()));
    const open = await listening(createServer(() => {}));
    expect(await look({ type: 'port', port: shut, protocol: 'tcp' })).toEqual({ missing: 'it hangs up at once' });
    expect(await look({ type: 'port', port: open, protocol: 'tcp' })).toHaveProperty('facts');
  });

  test('what comes back over UDP is told, and that nothing does', async () => {
    const echo = createSocket('udp4', (message, { port }) => echo.send(`re: ${message}`, port, '127.0.0.1'));
    echo.bind(0, '127.0.0.1');
    await once(echo, 'listening');
    const of: SubjectSpec = { type: 'udp', host: '127.0.0.1', port: echo.address().port, send: 'ping' };
    expect(await look(of)).toEqual({ facts: { reply: 're: ping' } });
    echo.removeAllListeners('message');
    expect(await look(of, [], 200)).toEqual({ missing: 'no answer within 200ms' });
    echo.close();
    expect(await look({ ...of, port: 1 }, [], 500)).toHaveProperty('missing');
  });
});

describe('in the DNS', () => {
  test('a name server that does not answer is no proof that a name is not there', async () => {
    const of: SubjectSpec = { type: 'dns', name: 'shop.example', record: 'A', server: '127.0.0.1:1' };
    expect(await look(of, [], 5_000)).toHaveProperty('unknown');
  });
});
