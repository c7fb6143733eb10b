// expect: 8:73 | service "web" has no port "htpp" | its ports are http | did you mean 'http'
import { edge, image, network, service, system } from 'holdfast';

export default system('shop', env => {
  const lan = network('lan');
  const base = image('base', { archive: './base.tar' });
  const web = service('web', { image: base, network: lan, ports: { http: 8080 } });
  edge('door', { image: base, network: lan, routes: { [env.domain]: web.port('htpp') } });
});
