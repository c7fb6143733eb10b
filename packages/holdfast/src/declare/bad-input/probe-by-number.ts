// expect: 7:81 | probe.tcp → port is 5432, which is not the name of a port | said once | name it
import { image, network, probe, service, system } from 'holdfast';

export default system('shop', env => {
  const lan = network('lan');
  const base = image('base', { archive: './base.tar' });
  service('db', { image: base, network: lan, ports: { pg: 5432 }, health: probe.tcp(5432) });
});
