// expect: 7:15 | user is 1000, which is not a user | must be a user | '1000:1000'
import { image, network, service, system } from 'holdfast';

export default system('shop', env => {
  const lan = network('lan');
  const base = image('base', { archive: './base.tar' });
  const web = service('web', { image: base, network: lan, user: 1000 });
});
