// expect: 8:3 | mounts has the key "data" | place inside the container | /run/secrets
import { image, network, service, system, volume } from 'holdfast';

export default system('shop', env => {
  const lan = network('lan');
  const base = image('base', { archive: './base.tar' });
  const data = volume('data');
  service('db', { image: base, network: lan, mounts: { data } });
});
