// expect: 7:15 | service "web" → replicas is "2" | how many instances | write it as in 2
import { image, network, service, system } from 'holdfast';

export default system('shop', env => {
  const lan = network('lan');
  const base = image('base', { archive: './base.tar' });
  const web = service('web', { image: base, network: lan, replicas: '2' });
});
