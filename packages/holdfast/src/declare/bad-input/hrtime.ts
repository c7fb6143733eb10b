// expect: 5:33 | process.hrtime.bigint() was called | another time | constant
import { network, system } from 'holdfast';

export default system('shop', env => {
  network(`lan-${process.hrtime.bigint()}`);
});
