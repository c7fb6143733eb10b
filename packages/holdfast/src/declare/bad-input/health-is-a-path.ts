// expect: 7:15 | health is "/healthz", which is not a probe | answered its probe | probe.http(
import { image, network, service, system } from 'holdfast';

export default system('shop', env => {
  const lan = network('lan');
  const base = image('base', { archive: './base.tar' });
  const web = service('web', { image: base, network: lan, ports: { http: 8080 }, health: '/healthz' });
});
