// expect: 8:3 | before is job "dump", which is not a migration handle | must be a migration handle | before: migration(
import { image, job, network, service, system } from 'holdfast';

export default system('shop', env => {
  const lan = network('lan');
  const base = image('base', { archive: './base.tar' });
  const dump = job('dump', { image: base });
  service('web', { image: base, network: lan, before: dump });
});
