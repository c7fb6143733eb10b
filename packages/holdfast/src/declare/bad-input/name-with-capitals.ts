// expect: 5:3 | network "BackEnd" has a name that is not a label | host names | 'back-end'
import { network, system } from 'holdfast';

export default system('shop', env => {
  network('BackEnd');
});
