// expect: 5:3 | its subnet 10.231.7.0/25 is too small | upper half | /24 or larger
import { network, system } from 'holdfast';

export default system('shop', env => {
  network('lan', { fixed: true, subnet: '10.231.7.0/25' });
});
