// expect: 7:15 | service "web" → replicas is "two", which is not a whole number | how many instances | write it as in 2
import { check, image, network, service, system } from 'holdfast';

export default system('shop', env => {
  const lan = network('lan');
  const base = image('base', { archive: './base.tar' });
  const web = service('web', { image: base, network: lan, replicas: 'two', ports: { http: 8080 } });
  check(web, it => it.http('http', '/').answers(200));
});
