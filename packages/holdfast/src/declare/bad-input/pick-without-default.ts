// expect: 5:15 | env.pick has nothing for environment "local" | no default | add local
import { network, system } from 'holdfast';

export default system('shop', env => {
  network(env.pick({ production: 'lan' }));
});
