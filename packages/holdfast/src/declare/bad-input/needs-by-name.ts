// expect: 7:15 | needs[0] is "db", which is not a handle | must be a handle | what a declaration
import { image, network, service, system } from 'holdfast';

export default system('shop', env => {
  const lan = network('lan');
  const base = image('base', { archive: './base.tar' });
  const web = service('web', { image: base, network: lan, needs: ['db'] });
});
