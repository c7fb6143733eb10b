import { freeze } from './freeze.ts';
import { fillDisk } from './full-disk.ts';
import { partition } from './partition.ts';
import { closeFolder } from './unwritable.ts';

/** A process that injects a fault and says so, and never heals it. */
const [, , fault = '', target = '', more = ''] = process.argv;
const faults: Readonly<Record<string, () => Promise<unknown>>> = {
  freeze: () => freeze(target, Number(more)),
  partition: () => partition(target, [more]),
  fill: () => fillDisk(target),
  close: () => closeFolder(target, Number(more)),
};
await faults[fault]?.();
process.stdout.write('injected\n');
setInterval(() => {}, 1_000);
