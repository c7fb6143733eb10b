import { once } from 'node:events';
import { createServer } from 'node:net';

/** Whether nobody listens on a port of 127.0.0.1 at this moment. */
export async function isFreePort(port: number): Promise<boolean> {
  const server = createServer();
  try {
    await once(server.listen(port, '127.0.0.1'), 'listening');
  } catch {
    return false;
  }
  server.close();
  await once(server, 'close');
  return true;
}
