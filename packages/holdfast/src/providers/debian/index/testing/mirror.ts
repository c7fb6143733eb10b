import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A web server on this machine that serves files, and tells what it was asked for. */
export interface Mirror extends AsyncDisposable {
  readonly url: string;
  /** Paths without the slash at the beginning. What is there is served; a function may do what it likes. */
  readonly files: Map<string, Uint8Array | string | RequestListener>;
  readonly asked: readonly string[];
}

export async function mirror(): Promise<Mirror> {
  const files: Mirror['files'] = new Map();
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const path = (request.url ?? '').slice(1);
    asked.push(path);
    const file = files.get(path);
    if (typeof file === 'function') return file(request, response);
    response.writeHead(file === undefined ? 404 : 200).end(file);
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/debian`,
    files,
    asked,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise(resolve => server.close(resolve));
    },
  };
}
