// expect: 8:63 | service "api" has no single host: it has 2 replicas | unhealthy or being replaced | door.url(
import { image, network, service, system } from 'holdfast';

export default system('shop', env => {
  const lan = network('lan');
  const base = image('base', { archive: './base.tar' });
  const api = service('api', { image: base, network: lan, replicas: 2 });
  service('web', { image: base, network: lan, env: { API: api.host } });
});
