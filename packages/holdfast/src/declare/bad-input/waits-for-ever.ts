// expect: 1:1 | waits for something that never comes | did not settle | remove the `await`
// alone: its process ends before it answers
import { system } from 'holdfast';

await new Promise(() => {});

export default system('shop', () => {});
