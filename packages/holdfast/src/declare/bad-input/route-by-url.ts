// expect: 8:3 | routes has the key "http://shop.example:8080", which is not a host name | by the host name that it asks for | without http://
import { edge, image, network, service, system } from 'holdfast';

export default system('shop', env => {
  const lan = network('lan');
  const base = image('base', { archive: './base.tar' });
  const web = service('web', { image: base, network: lan, ports: { http: 8080 } });
  edge('door', { image: base, network: lan, routes: { 'http://shop.example:8080': web.port('http') } });
});
