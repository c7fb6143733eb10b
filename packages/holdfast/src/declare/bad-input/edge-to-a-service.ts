// expect: 8:3 | routes["shop.localhost"] is service "web", which is not a port of a service | a route leads to one port | web.port('http')
import { edge, image, network, service, system } from 'holdfast';

export default system('shop', env => {
  const lan = network('lan');
  const base = image('base', { archive: './base.tar' });
  const web = service('web', { image: base, network: lan, ports: { http: 8080 } });
  edge('door', { image: base, network: lan, routes: { [env.domain]: web } });
});
