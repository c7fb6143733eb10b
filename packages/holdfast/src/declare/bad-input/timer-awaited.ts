// expect: 5:7 | setTimeout() was called | depends on the clock | call it at once
import { system } from 'holdfast';
import { setTimeout } from 'node:timers/promises';

await setTimeout(10);

export default system('shop', () => {});
