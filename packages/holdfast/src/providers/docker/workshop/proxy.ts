import { lookup } from 'node:dns/promises';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { type AddressInfo, BlockList, connect, isIPv6 } from 'node:net';
import { networkInterfaces } from 'node:os';
import type { Duplex } from 'node:stream';

/** A proxy for HTTP, and for what goes through CONNECT, that remembers where it led. */
export interface Proxy extends AsyncDisposable {
  readonly port: number;
  /** Hosts, as in `host` or `host:port`. */
  readonly contacted: ReadonlySet<string>;
}

/** Listens on one address, and serves those alone whose address is `allowed`. Leads into the world, never to this machine. */
export async function openProxy(address: string, allowed: (from: string) => boolean): Promise<Proxy> {
  const contacted = new Set<string>();
  const tunnels = new Set<Duplex>();
  const server = createServer((asked, answer) => void pass(asked, answer, contacted));
  server.on('connection', socket => {
    if (!allowed(socket.remoteAddress ?? '')) socket.destroy();
  });
  server.on('connect', (asked, socket: Duplex) => {
    tunnels.add(socket.once('close', () => tunnels.delete(socket)));
    void tunnel(asked, socket, contacted);
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

async function pass(asked: IncomingMessage, answer: ServerResponse, contacted: Set<string>): Promise<void> {
  const url = URL.parse(asked.url ?? '');
  if (url?.protocol !== 'http:') return void answer.writeHead(400).end('this is a proxy\n');
  contacted.add(url.host);
  answer.on('error', () => {});
  const led = await placeOf(url.hostname);
  if ('refusal' in led) return void answer.writeHead(led.status).end(led.refusal);
  const { 'proxy-connection': _, 'proxy-authorization': __, ...headers } = asked.headers;
  const { address: host } = led;
  const place = { host, port: url.port || 80, path: `${url.pathname}${url.search}`, method: asked.method };
  const onward = request({ ...place, headers: { ...headers, host: url.host, connection: 'close' } }, told => {
    answer.writeHead(told.statusCode ?? 502, told.headers);
    told.pipe(answer);
  });
  onward.on('error', error => void (answer.headersSent ? answer.destroy() : answer.writeHead(502).end(error.message)));
  answer.on('close', () => onward.destroy());
  asked.pipe(onward);
}

async function tunnel({ url = '' }: IncomingMessage, socket: Duplex, contacted: Set<string>): Promise<void> {
  const [, host, port] = /^\[?([^\]]*?)\]?:(\d+)$/.exec(url) ?? [];
  socket.on('error', () => {});
  if (!host) return void socket.end('HTTP/1.1 400 Bad Request\r\n\r\n');
  contacted.add(port === '443' ? host : `${host}:${port}`);
  const led = await placeOf(host);
  if ('refusal' in led) return void socket.end(`HTTP/1.1 ${led.status} Refused\r\n\r\n${led.refusal}`);
  const onward = connect(Number(port), led.address, () => {
    socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
    socket.pipe(onward).pipe(socket);
  });
  onward.on('error', () => socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n'));
  socket.on('close', () => onward.destroy());
}

type Place = { readonly address: string } | { readonly status: number; readonly refusal: string };

/** The address that is looked at is the one that is then gone to: a name may lead elsewhere the next time. */
async function placeOf(host: string): Promise<Place> {
  try {
    const { address } = await lookup(host.replace(/^\[|\]$/g, ''));
    if (!isHere(address)) return { address };
    return { status: 403, refusal: `${host} is this machine, and a step that asks for the network gets the world's\n` };
  } catch (error) {
    return { status: 502, refusal: `${(error as Error).message}\n` };
  }
}

/** Of this machine, and of nobody: what a cloud tells its machines about themselves is at an address of the second kind. */
function isHere(address: string): boolean {
  const here = new BlockList();
  here.addSubnet('127.0.0.0', 8, 'ipv4');
  here.addSubnet('0.0.0.0', 8, 'ipv4');
  here.addSubnet('169.254.0.0', 16, 'ipv4');
  here.addAddress('::1', 'ipv6');
  here.addAddress('::', 'ipv6');
  here.addSubnet('fe80::', 10, 'ipv6');
  for (const one of Object.values(networkInterfaces()).flatMap(all => all ?? []))
    here.addAddress(one.address, one.family === 'IPv6' ? 'ipv6' : 'ipv4');
  // An IPv4 address in IPv6's notation is checked as what it is.
  return here.check(address, isIPv6(address) ? 'ipv6' : 'ipv4');
}
