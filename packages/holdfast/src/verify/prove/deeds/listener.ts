import { quote } from '../../../kit/shell-words.ts';
import { staying } from './programs.ts';

/** Where something is to listen, and what it is to answer. */
export interface Listener {
  readonly port: number;
  readonly protocol?: 'tcp' | 'udp';
  readonly address?: string;
  readonly answer?: string;
}

/** Listens, with whatever of the image can. */
export function listener({ port, protocol = 'tcp', address = '0.0.0.0', answer = '' }: Listener): string {
  const programs = protocol === 'tcp' ? tcp(port, address, answer) : udp(port, address);
  const [first = '', ...rest] = Object.entries(programs).map(
    ([program, words]) => `if command -v ${program} >/dev/null; then ${staying(words)}`,
  );
  return `${[first, ...rest.map(one => `el${one}`)].join('; ')}; else exit 1; fi`;
}

const tcp = (port: number, address: string, answer: string) => ({
  node: `node -e ${quote(`require("net").createServer(s=>s.on("data",()=>s.end(${JSON.stringify(answer)}))).listen(${port},"${address}")`)}`,
  python3: `python3 -c ${quote(`import socket\ns=socket.create_server(("${address}",${port}))\nwhile True:\n c=s.accept()[0]; c.recv(9999); c.sendall(${JSON.stringify(answer)}.encode()); c.close()`)}`,
  // Both kinds of it that are common take these words; it listens on all addresses.
  nc: `while :; do printf %s ${quote(answer)} | nc -l -p ${port}; done`,
});

const udp = (port: number, address: string) => ({
  node: `node -e ${quote(`require("dgram").createSocket("udp4").bind(${port},"${address}")`)}`,
  python3: `python3 -c ${quote(`import socket,time\ns=socket.socket(socket.AF_INET,socket.SOCK_DGRAM)\ns.bind(("${address}",${port}))\ntime.sleep(86400)`)}`,
  nc: `nc -u -l -p ${port}`,
});

/** What a stand-in for a web server says. */
export const httpAnswer = (status: number, headers: Readonly<Record<string, string>> = {}, body = ''): string =>
  [
    `HTTP/1.1 ${status} Sabotaged`,
    ...Object.entries({ ...headers, 'content-length': String(Buffer.byteLength(body)), connection: 'close' }).map(
      ([name, value]) => `${name}: ${value}`,
    ),
    '',
    body,
  ].join('\r\n');
