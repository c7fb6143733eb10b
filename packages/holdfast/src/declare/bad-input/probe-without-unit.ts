// expect: 7:81 | options.timeout is 5, which is not a duration | leave its unit open | '15s'
import { image, network, probe, service, system } from 'holdfast';

export default system('shop', env => {
  const lan = network('lan');
  const base = image('base', { archive: './base.tar' });
  service('db', { image: base, network: lan, ports: { pg: 5432 }, health: probe.tcp('pg', { timeout: 5 }) });
});
