// expect: 7:15 | limits.cpus is -1 | above 0 | 0.5
import { image, network, service, system } from 'holdfast';

export default system('shop', env => {
  const lan = network('lan');
  const base = image('base', { archive: './base.tar' });
  const web = service('web', { image: base, network: lan, limits: { cpus: -1 } });
});
