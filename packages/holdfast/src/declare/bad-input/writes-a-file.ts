// expect: 6:3 | system.ts tried to write a file | has no side effect | `files`
import { system } from 'holdfast';
import { writeFileSync } from 'node:fs';

export default system('shop', env => {
  writeFileSync('declared.txt', 'shop');
});
