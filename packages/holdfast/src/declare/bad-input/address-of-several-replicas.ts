// expect: 7:3 | has an address of its own and 2 replicas | one instance | one service for each address
import { image, network, service, system } from 'holdfast';

export default system('shop', env => {
  const base = image('base', { archive: './base.tar' });
  const lan = network('lan', { fixed: true });
  service('db', { image: base, network: lan, replicas: 2, address: lan.address(1) });
});
