// expect: 5:3 | subnet is "10.231.0.0/33", which is not an IPv4 subnet | first address of a block | 10.20.0.0/24
import { network, system } from 'holdfast';

export default system('shop', env => {
  network('lan', { subnet: '10.231.0.0/33' });
});
