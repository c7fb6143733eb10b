// expect: 6:3 | network "back" and network "front" overlap: 10.231.4.0/24 and 10.231.0.0/20 | lead to only one | leave `subnet` out
import { network, system } from 'holdfast';

export default system('shop', env => {
  network('front', { subnet: '10.231.0.0/20' });
  network('back', { subnet: '10.231.4.0/24' });
});
