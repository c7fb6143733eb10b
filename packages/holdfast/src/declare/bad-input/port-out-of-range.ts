// expect: 7:15 | service "web" → ports.http is 80800 | the port numbers that there are | from 1 to 65535
import { image, network, service, system } from 'holdfast';

export default system('shop', env => {
  const lan = network('lan');
  const base = image('base', { archive: './base.tar' });
  const web = service('web', { image: base, network: lan, ports: { http: 80800 } });
});
