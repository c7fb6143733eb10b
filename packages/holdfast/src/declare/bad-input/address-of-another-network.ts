// expect: 7:3 | has an address of network "inner", which it is not on | network that it belongs to | networks: […, inner]
import { image, network, service, system } from 'holdfast';

export default system('shop', env => {
  const base = image('base', { archive: './base.tar' });
  const inner = network('inner', { fixed: true });
  service('db', { image: base, network: network('lan'), address: inner.address(1) });
});
