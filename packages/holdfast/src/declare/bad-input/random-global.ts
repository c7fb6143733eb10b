// expect: 5:25 | crypto.randomUUID() was called | another value | generate: 32
import { network, system } from 'holdfast';

export default system('shop', env => {
  network(`lan-${crypto.randomUUID()}`);
});
