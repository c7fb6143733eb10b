import { setTimeout as sleep } from 'node:timers/promises';
import type Docker from 'dockerode';
import type { InstanceDesire } from '../../../ports/desires.ts';
import { reasonOf, statusOf } from '../host/calls.ts';
import { heldAddresses } from '../warden/stand-in.ts';

/** In milliseconds. Until another one leads, a guardian holds the address of a member that died: seconds. */
const patience = 30_000;
const between = 250;

/** Does what takes an instance's address; again as long as somebody only stands in there for a dead member. */
export async function onceFree<T>(docker: Docker, spec: InstanceDesire, act: () => Promise<T>): Promise<T> {
  for (const deadline = performance.now() + patience; ; ) {
    try {
      return await act();
    } catch (error) {
      if (!isTaken(error) || performance.now() > deadline || !(await isHeld(docker, spec))) throw error;
    }
    await sleep(between);
  }
}

const isTaken = (error: unknown): boolean => statusOf(error) === 403 && /address already in use/i.test(reasonOf(error));

async function isHeld(docker: Docker, { networks }: InstanceDesire): Promise<boolean> {
  const held = await heldAddresses(docker);
  return networks.some(({ address }) => address !== undefined && held.has(address));
}
