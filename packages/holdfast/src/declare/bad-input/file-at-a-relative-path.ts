// expect: 7:15 | files has the key "etc/shop.conf" | place inside the container | /run/secrets/database
import { image, network, service, system } from 'holdfast';

export default system('shop', env => {
  const lan = network('lan');
  const base = image('base', { archive: './base.tar' });
  const web = service('web', { image: base, network: lan, files: { 'etc/shop.conf': 'a=1' } });
});
