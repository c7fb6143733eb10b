import { syncBuiltinESMExports } from 'node:module';
import { poisonClock } from './clock.ts';
import { poisonNetwork } from './network.ts';
import { poisonProcess } from './process.ts';
import { poisonRandom } from './random.ts';
import { poisonTimers } from './timers.ts';

/**
 * Takes from this process, for good, what could make two evaluations differ. Writing files and starting processes
 * is refused by Node itself, under its permission model.
 */
export function poison(): void {
  poisonRandom();
  poisonNetwork();
  poisonTimers();
  poisonProcess();
  poisonClock();
  syncBuiltinESMExports();
}
