import { once } from 'node:events';
import { createServer, connect as dial, type Socket } from 'node:net';

/** What becomes of what a client sends: let through, lost with the connection before or after it arrived, or held. */
export type Fate = 'pass' | 'lose' | 'lose the answer' | 'hold';

/** Stands between a client and the database, and has a say in what gets through. */
export interface Middleman extends AsyncDisposable {
  readonly port: number;
  /** Asked for each piece that a client sends, in PostgreSQL's own protocol. */
  fate: (sent: string) => Fate;
}

export async function startMiddleman(target: number): Promise<Middleman> {
  const open = new Set<Socket>();
  const server = createServer(client => {
    const upstream = dial(target, '127.0.0.1');
    for (const socket of [client, upstream]) {
      open.add(socket);
      socket.on('error', () => {});
      socket.on('close', () => {
        open.delete(socket);
        client.destroy();
        upstream.destroy();
      });
    }
    let isDeaf = false;
    client.on('data', data => {
      const fate = middleman.fate(data.toString('latin1'));
      if (fate === 'hold') return;
      if (fate === 'lose') return client.destroy();
      isDeaf ||= fate === 'lose the answer';
      upstream.write(data);
    });
    upstream.on('data', data => (isDeaf ? client.destroy() : client.write(data)));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const middleman: Middleman = {
    port: (server.address() as { port: number }).port,
    fate: () => 'pass',
    async [Symbol.asyncDispose]() {
      server.close();
      for (const socket of open) socket.destroy();
    },
  };
  return middleman;
}
