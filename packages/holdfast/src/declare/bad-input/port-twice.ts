// expect: 7:15 | two ports of the number 8080 | only one process can listen | its own number
import { image, network, service, system } from 'holdfast';

export default system('shop', env => {
  const lan = network('lan');
  const base = image('base', { archive: './base.tar' });
  const web = service('web', { image: base, network: lan, ports: { http: 8080, admin: 8080 } });
});
