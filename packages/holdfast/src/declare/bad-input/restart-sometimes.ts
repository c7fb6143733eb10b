// expect: 7:15 | restart is "sometimes", which is not 'always' | 'on-failure' | 'no'
import { image, network, service, system } from 'holdfast';

export default system('shop', env => {
  const lan = network('lan');
  const base = image('base', { archive: './base.tar' });
  const web = service('web', { image: base, network: lan, restart: 'sometimes' });
});
