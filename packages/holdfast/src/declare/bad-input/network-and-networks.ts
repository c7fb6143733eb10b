// expect: 7:3 | has both network and networks | contradict | keep one
import { image, network, service, system } from 'holdfast';

export default system('shop', env => {
  const lan = network('lan');
  const base = image('base', { archive: './base.tar' });
  service('web', { image: base, network: lan, networks: [lan] });
});
