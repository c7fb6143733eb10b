// expect: 5:3 | outside of the environment's pool 10.231.0.0/16 | keeps two environments | inside the pool
import { network, system } from 'holdfast';

export default system('shop', env => {
  network('lan', { subnet: '192.168.7.0/24' });
});
