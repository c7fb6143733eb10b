// expect: 6:18 | system.ts tried to start a process | has no side effect | environment variable
import { network, system } from 'holdfast';
import { execFileSync } from 'node:child_process';

export default system('shop', env => {
  const commit = execFileSync('git', ['rev-parse', 'HEAD']).toString();
  network(`lan-${commit}`);
});
