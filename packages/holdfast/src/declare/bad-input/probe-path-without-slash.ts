// expect: 7:84 | probe.http → path is "healthz" | begins with '/' | '/healthz'
import { image, network, probe, service, system } from 'holdfast';

export default system('shop', env => {
  const lan = network('lan');
  const base = image('base', { archive: './base.tar' });
  service('web', { image: base, network: lan, ports: { http: 8080 }, health: probe.http('http', 'healthz') });
});
