import { slot, type Target } from '../../model/declaration/slot.ts';
import { writeAnswer } from '../answer.ts';
import { poison } from '../poison/poison.ts';
import { reader } from '../reading.ts';

/** Reads each `system.ts` that it is given, as a child process does that has one to read, and writes a line with each answer. */

const [target = '', ...files] = process.argv.slice(2);
const quit = process.exit.bind(process);

poison();
const read = reader();
for (const file of files) {
  writeAnswer(await read({ file, target: JSON.parse(target) as Target }));
  // What the one before left behind.
  const held = slot();
  delete held.open;
  delete held.ended;
}
quit(0);
