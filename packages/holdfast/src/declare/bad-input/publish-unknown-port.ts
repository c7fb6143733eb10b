// expect: 7:15 | publish names the port "https" | its ports are http | ports: { https: 8080 }
import { image, network, service, system } from 'holdfast';

export default system('shop', env => {
  const lan = network('lan');
  const base = image('base', { archive: './base.tar' });
  const web = service('web', { image: base, network: lan, ports: { http: 8080 }, publish: ['https'] });
});
