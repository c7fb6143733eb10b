import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';

/** Where a project may be reached, and the subnets of its networks. */
export interface Block {
  /** The first of a hundred host ports. */
  readonly ports: number;
  readonly subnets: string;
}

const blocks = 100;

/** One that no other process of this machine has, until this one ends: several stories may be told at once. */
export async function ownBlock(from = randomInt(blocks)): Promise<Block> {
  for (let tries = 0; tries < blocks; tries++) {
    const number = (from + tries) % blocks;
    const ports = 20_000 + number * 100;
    if (await claim(ports + 99)) return { ports, subnets: `10.${100 + number}.0.0/16` };
  }
  throw new Error(`each of the ${blocks} blocks of host ports from 20000 on is taken`);
}

/** Whether it could be had: who listens on the last port of a block has it. */
async function claim(port: number): Promise<boolean> {
  const server = createServer().unref();
  try {
    await once(server.listen(port, '127.0.0.1'), 'listening');
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    return false;
  }
}
