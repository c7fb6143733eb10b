import { once } from 'node:events';
import { createServer } from 'node:net';
import { expect, test } from 'vitest';
import { freePort } from '../../kit/testing/free-port.ts';
import { freePorts } from './free-ports.ts';

test('a block whose first port somebody listens on is passed over', async () => {
  const port = await freePort();
  expect(await freePorts(port)).toBe(port);
  const server = createServer().listen(port, '127.0.0.1');
  await once(server, 'listening');
  const next = await freePorts(port);
  server.close();
  expect(next).toBeGreaterThan(port);
  expect((next - port) % 100).toBe(0);
});
