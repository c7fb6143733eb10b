// expect: 6:18 | crypto.randomUUID() was called | another value | generate: 32
import { network, system } from 'holdfast';
import { randomUUID } from 'node:crypto';

export default system('shop', env => {
  network(`lan-${randomUUID()}`);
});
