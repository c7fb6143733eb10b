// expect: 6:3 | image is "web", which is not a handle of kind image | never names | image('…'
import { network, service, system } from 'holdfast';

export default system('shop', env => {
  const lan = network('lan');
  service('web', { image: 'web', network: lan });
});
