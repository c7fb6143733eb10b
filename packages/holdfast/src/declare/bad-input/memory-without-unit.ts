// expect: 7:15 | limits.memory is 512 | leave its unit open | '512MB'
import { image, network, service, system } from 'holdfast';

export default system('shop', env => {
  const lan = network('lan');
  const base = image('base', { archive: './base.tar' });
  const web = service('web', { image: base, network: lan, limits: { memory: 512 } });
});
