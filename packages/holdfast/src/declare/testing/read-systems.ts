import { writeSync } from 'node:fs';
import { slot, type Target } from '../../model/declaration/slot.ts';
import { channel } from '../answer.ts';
import { poison } from '../poison/poison.ts';
import { reader } from '../reading.ts';

/** Reads each `system.ts` that it is given, as a child process does that has one to read, and writes a line with each answer. */

const [target = '', ...files] = process.argv.slice(2);
const quit = process.exit.bind(process);

poison();
const read = reader();
for (const file of files) {
  const answer = await read({ file, target: JSON.parse(target) as Target });
  let rest = Buffer.from(`${JSON.stringify(answer)}\n`);
  while (rest.length > 0) rest = rest.subarray(writeSync(channel, rest));
  const held = slot();
  delete held.open;
  delete held.ended;
}
quit(0);
