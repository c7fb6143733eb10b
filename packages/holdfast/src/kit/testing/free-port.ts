import { isFreePort } from '../port.ts';

/** Below the ports that the kernel gives to outgoing connections, which could take one before its server has it. */
const [lowest, count] = [20_000, 9_000];

let next = Math.floor(Math.random() * count);

/** A port of 127.0.0.1 that nobody listens on, and that this process gave to no one before. */
export async function freePort(): Promise<number> {
  for (let tries = 0; tries < count; tries++) {
    const port = lowest + (next++ % count);
    if (await isFreePort(port)) return port;
  }
  throw new Error(`each port from ${lowest} to ${lowest + count - 1} is taken`);
}
