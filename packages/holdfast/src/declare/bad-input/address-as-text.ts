// expect: 7:3 | service "db" → address is "10.231.1.139" | whoever comes first | inner.address(11)
import { image, network, service, system } from 'holdfast';

export default system('shop', env => {
  const base = image('base', { archive: './base.tar' });
  const lan = network('lan', { fixed: true });
  service('db', { image: base, network: lan, address: '10.231.1.139' });
});
