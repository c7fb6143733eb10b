// expect: 7:71 | `api` is used before it is declared | that is a cycle | by a name in its configuration
import { image, network, service, system } from 'holdfast';

export default system('shop', env => {
  const lan = network('lan');
  const base = image('base', { archive: './base.tar' });
  const web = service('web', { image: base, network: lan, env: { API: api.host } });
  const api = service('api', { image: base, network: lan, env: { WEB: web.host } });
});
