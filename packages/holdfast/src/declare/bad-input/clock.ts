// expect: 5:23 | Date.now() was called while the system is declared | another time; two evaluations | constant
import { network, system } from 'holdfast';

export default system('shop', env => {
  network(`lan-${Date.now()}`);
});
