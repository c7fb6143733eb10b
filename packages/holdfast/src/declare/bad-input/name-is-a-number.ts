// expect: 5:3 | network(…) was given 42 as its name | known for ever | network('main'
import { network, system } from 'holdfast';

export default system('shop', env => {
  network(42);
});
