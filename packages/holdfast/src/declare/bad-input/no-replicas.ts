// expect: 7:15 | service "web" → replicas is 0 | how many instances | remove the service
import { image, network, service, system } from 'holdfast';

export default system('shop', env => {
  const lan = network('lan');
  const base = image('base', { archive: './base.tar' });
  const web = service('web', { image: base, network: lan, replicas: 0 });
});
