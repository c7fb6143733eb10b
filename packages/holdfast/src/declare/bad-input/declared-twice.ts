// expect: 6:3 | network "lan" is declared twice | is taken by the one at | another name
import { network, system } from 'holdfast';

export default system('shop', env => {
  network('lan');
  network('lan');
});
