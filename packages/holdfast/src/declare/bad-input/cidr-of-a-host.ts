// expect: 5:3 | subnet is "10.231.7.5/24" | first address of a block | '10.231.7.0/24'
import { network, system } from 'holdfast';

export default system('shop', env => {
  network('lan', { subnet: '10.231.7.5/24' });
});
