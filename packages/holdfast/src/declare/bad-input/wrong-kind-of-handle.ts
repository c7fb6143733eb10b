// expect: 7:3 | image is network "lan", which is not a handle of kind image | references are handles | image('…'
import { image, network, service, system } from 'holdfast';

export default system('shop', env => {
  const lan = network('lan');
  const base = image('base', { archive: './base.tar' });
  service('web', { image: lan, network: lan });
});
