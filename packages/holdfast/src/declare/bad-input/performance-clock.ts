// expect: 5:30 | performance.now() was called | another time | constant
import { network, system } from 'holdfast';

export default system('shop', env => {
  network(`lan-${performance.now()}`);
});
