// expect: 7:3 | service "a-service-with-quite-a-long-name-indeed" has a name that is too long | fit into a DNS label | shorten it
import { image, network, service, system } from 'holdfast';

export default system('shop', env => {
  const lan = network('lan');
  const base = image('base', { archive: './base.tar' });
  service('a-service-with-quite-a-long-name-indeed', { image: base, network: lan });
});
