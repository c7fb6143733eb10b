// expect: 7:15 | health names the port "web", which it does not have | its ports are http | or name 'http'
import { image, network, probe, service, system } from 'holdfast';

export default system('shop', env => {
  const lan = network('lan');
  const base = image('base', { archive: './base.tar' });
  const web = service('web', { image: base, network: lan, ports: { http: 8080 }, health: probe.http('web', '/healthz') });
});
