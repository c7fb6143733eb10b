import { isFreePort } from '../../kit/port.ts';

/** What an environment has of host ports. */
const block = 100;
const usual = 8_080;
const tries = 20;

/**
 * The first block of host ports, from the usual one on, whose first port nobody listens on: a second project comes up
 * beside the first. The usual one where none is free.
 */
export async function freePorts(first = usual): Promise<number> {
  for (let port = first; port < first + tries * block; port += block) if (await isFreePort(port)) return port;
  return first;
}
