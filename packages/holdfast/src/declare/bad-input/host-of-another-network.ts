// expect: 7:3 | service "web" is told an address of network "inner", which it is not on | nobody would answer | networks: […, inner]
import { image, network, service, system } from 'holdfast';

export default system('shop', env => {
  const base = image('base', { archive: './base.tar' });
  const inner = network('inner', { fixed: true });
  service('web', { image: base, network: network('lan'), hosts: { 'db-1': inner.address(1) } });
});
