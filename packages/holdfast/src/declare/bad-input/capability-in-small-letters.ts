// expect: 7:15 | capabilities[0] is "net_admin" | has none but those | 'NET_BIND_SERVICE'
import { image, network, service, system } from 'holdfast';

export default system('shop', env => {
  const lan = network('lan');
  const base = image('base', { archive: './base.tar' });
  const web = service('web', { image: base, network: lan, capabilities: ['net_admin'] });
});
