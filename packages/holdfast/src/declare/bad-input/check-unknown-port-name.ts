// expect: 8:23 | it.http → port is "htpp", which is not the number of a port, or the name of one | its ports are http | 'http' or 8080
import { check, image, network, service, system } from 'holdfast';

export default system('shop', env => {
  const lan = network('lan');
  const base = image('base', { archive: './base.tar' });
  const web = service('web', { image: base, network: lan, ports: { http: 8080 } });
  check(web, it => it.http('htpp', '/').answers(200));
});
