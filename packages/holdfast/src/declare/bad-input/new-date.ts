// expect: 5:16 | new Date() was called | another time | constant
import { network, system } from 'holdfast';

export default system('shop', env => {
  const year = new Date().getFullYear();
  network(`lan-${year}`);
});
