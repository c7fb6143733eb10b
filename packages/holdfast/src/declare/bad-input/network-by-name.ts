// expect: 6:3 | network is "lan", which is not a handle of kind network | never names | network('…'
import { image, service, system } from 'holdfast';

export default system('shop', env => {
  const base = image('base', { archive: './base.tar' });
  service('web', { image: base, network: 'lan' });
});
