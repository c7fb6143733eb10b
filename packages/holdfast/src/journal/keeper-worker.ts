import { setTimeout as sleep } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import type { LeaseDoor, Leases } from './journal.ts';

/** What a keeper's thread is told. `lasting` is in milliseconds. */
export interface Keeping extends LeaseDoor {
  readonly name: string;
  readonly token: number;
  readonly lasting: number;
}

const { module, location, name, token, lasting } = workerData as Keeping;
const { openLeases } = (await import(module)) as { openLeases(location: string): Promise<Leases> };
const leases = await openLeases(location);

/** A store that fails proves no loss: only who took the lease does, and he needs the store for it too. */
const isMine = (): Promise<boolean> => leases.renew(name, token, lasting).catch(() => true);

while (await isMine()) await sleep(lasting / 3);
parentPort?.postMessage('lost');
