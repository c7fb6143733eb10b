import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import type { Telling } from '../../harness.ts';

/** Another day for a process, and for the containers that are created by an engine's socket. */
export interface OtherDay {
  readonly env: NodeJS.ProcessEnv;
}

const library = '/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1';
const engine = '/var/run/docker.sock';

/**
 * The clock of a machine can't be changed for a story. What can be: each process that loads libfaketime (of the Debian
 * package faketime) is told another time. So is Holdfast, and so is what runs in containers that it creates by this
 * socket, which hands all on to the engine, and puts the library into each container that is created.
 */
export async function otherDay({ after }: Pick<Telling, 'after'>, shift: string): Promise<OtherDay> {
  // In a folder that another user may read.
  const folder = await mkdtemp('/var/tmp/holdfast-day.');
  after(() => rm(folder, { recursive: true, force: true }));
  const own = join(folder, 'libfaketime.so');
  await copyFile(library, own);
  const clock = { LD_PRELOAD: own, FAKETIME: shift, DONT_FAKE_MONOTONIC: '1', NO_FAKE_STAT: '1' };
  const socket = join(folder, 'engine.sock');
  const server = createServer((asked, answer) => void handOn(asked, answer, inContainer(own, shift)));
  server.on('upgrade', (asked, client: Socket, head) => upgrade(asked, client, head));
  await new Promise<void>(resolve => server.listen({ path: socket, writableAll: true, readableAll: true }, resolve));
  await import('node:fs/promises').then(fs => fs.chmod(folder, 0o755));
  after(() => {
    server.closeAllConnections();
    server.close();
  });
  return { env: { ...clock, DOCKER_HOST: `unix://${socket}` } };
}

interface Definition {
  readonly Env?: readonly string[];
  readonly HostConfig?: { readonly Binds?: readonly string[] };
}

/** Below /tmp, which is no part of an image. */
const inContainer =
  (own: string, shift: string) =>
  (one: Definition): Definition => ({
    ...one,
    Env: [
      ...(one.Env ?? []),
      'LD_PRELOAD=/tmp/libfaketime.so',
      `FAKETIME=${shift}`,
      'DONT_FAKE_MONOTONIC=1',
      'NO_FAKE_STAT=1',
    ],
    HostConfig: {
      ...one.HostConfig,
      Binds: [...(one.HostConfig?.Binds ?? []), `${own}:/tmp/libfaketime.so:ro`],
    },
  });

async function handOn(asked: IncomingMessage, answer: ServerResponse, change: (one: Definition) => Definition) {
  const { method, url: path = '', headers } = asked;
  const isCreation = method === 'POST' && /\/containers\/create\b/.test(path);
  const body = isCreation ? Buffer.from(JSON.stringify(change(JSON.parse(String(await buffer(asked)))))) : undefined;
  const changed = body ? { ...headers, 'content-length': String(body.length) } : headers;
  if (body) delete changed['transfer-encoding'];
  const way = request({ socketPath: engine, method, path, headers: changed }, said => {
    answer.writeHead(said.statusCode ?? 500, said.headers);
    said.pipe(answer);
  });
  way.on('error', () => answer.destroy());
  answer.on('close', () => way.destroy());
  if (body) way.end(body);
  else asked.pipe(way);
}

/** As bytes: what follows is no HTTP. */
function upgrade(asked: IncomingMessage, client: Socket, head: Buffer): void {
  const way = connect(engine, () => {
    const lines = [`${asked.method} ${asked.url} HTTP/1.1`];
    for (let at = 0; at < asked.rawHeaders.length; at += 2)
      lines.push(`${asked.rawHeaders[at]}: ${asked.rawHeaders[at + 1]}`);
    way.write(`${lines.join('\r\n')}\r\n\r\n`);
    way.write(head);
    client.pipe(way).pipe(client);
  });
  for (const one of [way, client]) one.on('error', () => [way, client].forEach(each => void each.destroy()));
}
