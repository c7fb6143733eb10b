// expect: 6:3 | system.ts tried to start a thread | has no side effect | beforehand
import { system } from 'holdfast';
import { Worker } from 'node:worker_threads';

export default system('shop', env => {
  new Worker('postMessage(1)', { eval: true });
});
