import { freeze } from './freeze.ts';
import { partition } from './partition.ts';

/** A process that injects a fault and says so, and never heals it. */
const [, , fault, id = '', more = ''] = process.argv;
if (fault === 'freeze') await freeze(id, Number(more));
else await partition(id, [more]);
process.stdout.write('injected\n');
setInterval(() => {}, 1_000);
