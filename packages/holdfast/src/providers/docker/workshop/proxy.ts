import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import type { Duplex } from 'node:stream';

/** A proxy for HTTP, and for what goes through CONNECT, that remembers where it led. */
export interface Proxy extends AsyncDisposable {
  readonly port: number;
  /** Hosts, as in `host` or `host:port`. */
  readonly contacted: ReadonlySet<string>;
}

/** Listens on one address, and serves those alone whose address is `allowed`. */
export async function openProxy(address: string, allowed: (from: string) => boolean): Promise<Proxy> {
  const contacted = new Set<string>();
  const tunnels = new Set<Duplex>();
  const server = createServer((asked, answer) => pass(asked, answer, contacted));
  server.on('connection', socket => {
    if (!allowed(socket.remoteAddress ?? '')) socket.destroy();
  });
  server.on('connect', (asked, socket: Duplex) => {
    tunnels.add(socket.once('close', () => tunnels.delete(socket)));
    tunnel(asked, socket, contacted);
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, address, resolve));
  return {
    port: (server.address() as AddressInfo).port,
    contacted,
    async [Symbol.asyncDispose]() {
      for (const socket of tunnels) socket.destroy();
      server.closeAllConnections();
      await new Promise(resolve => server.close(resolve));
    },
  };
}

function pass(asked: IncomingMessage, answer: ServerResponse, contacted: Set<string>): void {
  const url = URL.parse(asked.url ?? '');
  if (url?.protocol !== 'http:') return void answer.writeHead(400).end('this is a proxy\n');
  contacted.add(url.host);
  const { 'proxy-connection': _, 'proxy-authorization': __, ...headers } = asked.headers;
  const onward = request(url, { method: asked.method, headers: { ...headers, connection: 'close' } }, told => {
    answer.writeHead(told.statusCode ?? 502, told.headers);
    told.pipe(answer);
  });
  onward.on('error', error => void (answer.headersSent ? answer.destroy() : answer.writeHead(502).end(error.message)));
  answer.on('close', () => onward.destroy());
  asked.pipe(onward);
}

function tunnel({ url = '' }: IncomingMessage, socket: Duplex, contacted: Set<string>): void {
  const [, host, port] = /^\[?([^\]]*?)\]?:(\d+)$/.exec(url) ?? [];
  socket.on('error', () => {});
  if (!host) return void socket.end('HTTP/1.1 400 Bad Request\r\n\r\n');
  contacted.add(port === '443' ? host : `${host}:${port}`);
  const onward = connect(Number(port), host, () => {
    socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
    socket.pipe(onward).pipe(socket);
  });
  onward.on('error', () => socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n'));
  socket.on('close', () => onward.destroy());
}
