// expect: 6:17 | ENOENT | while the system was declared | mend the line
import { network, system } from 'holdfast';
import { readFileSync } from 'node:fs';

export default system('shop', env => {
  const names = readFileSync('names.json', 'utf8');
  network(names);
});
