// expect: 8:3 | service "db-2" and service "db-1" both have address(11) of network "lan" | second could not start | lan.address(12)
import { image, network, service, system } from 'holdfast';

export default system('shop', env => {
  const base = image('base', { archive: './base.tar' });
  const lan = network('lan', { fixed: true });
  service('db-1', { image: base, network: lan, address: lan.address(11) });
  service('db-2', { image: base, network: lan, address: lan.address(11) });
});
