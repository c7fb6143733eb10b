// expect: 7:3 | service "db" → stop.before is "switchover", which is not an array of texts | no shell | ['switchover']
import { image, network, service, system } from 'holdfast';

export default system('shop', env => {
  const lan = network('lan');
  const base = image('base', { archive: './base.tar' });
  service('db', { image: base, network: lan, stop: { before: 'switchover' } });
});
