// expect: 5:23 | Math.random() was called | another value; two evaluations | secret('name'
import { network, system } from 'holdfast';

export default system('shop', env => {
  network(`lan-${Math.random()}`);
});
