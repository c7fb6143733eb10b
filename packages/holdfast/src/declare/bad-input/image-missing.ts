// expect: 6:3 | service "web" → image is missing | references are handles | image('…'
import { network, service, system } from 'holdfast';

export default system('shop', env => {
  const lan = network('lan');
  service('web', { network: lan });
});
