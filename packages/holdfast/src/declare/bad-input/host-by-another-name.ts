// expect: 7:3 | service "web" → hosts["db-1"] is "db", which is not an IPv4 address | nobody is asked | inner.address(1)
import { image, network, service, system } from 'holdfast';

export default system('shop', env => {
  const base = image('base', { archive: './base.tar' });
  const lan = network('lan');
  service('web', { image: base, network: lan, hosts: { 'db-1': 'db' } });
});
