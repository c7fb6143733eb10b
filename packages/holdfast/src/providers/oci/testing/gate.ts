import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Answers by itself and returns true, or lets the request through to the registry. */
export type Gate = (asked: IncomingMessage, response: ServerResponse, host: string) => boolean;

/** A server in front of a registry, which can keep requests from it; and remembers them. */
export async function openGate(behind: string, keeps: Gate) {
  const asked: IncomingMessage[] = [];
  const server = createServer((incoming, response) => {
    asked.push(incoming);
    if (keeps(incoming, response, host)) return void incoming.resume();
    const { method, url, headers } = incoming;
    const { authorization: _, ...others } = headers;
    const onward = request(`http://${behind}${url}`, { method, headers: others }, answer => {
      response.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(response);
    });
    onward.on('error', () => response.destroy());
    incoming.pipe(onward);
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    host,
    asked,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise(resolve => server.close(resolve));
    },
  };
}
