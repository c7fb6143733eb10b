// expect: 7:15 | publishes the port "http" twice | one host port | name it once
import { image, network, service, system } from 'holdfast';

export default system('shop', env => {
  const lan = network('lan');
  const base = image('base', { archive: './base.tar' });
  const web = service('web', { image: base, network: lan, ports: { http: 8080 }, publish: ['http', 'http'] });
});
