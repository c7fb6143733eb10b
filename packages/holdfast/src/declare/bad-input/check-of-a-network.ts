// expect: 6:3 | target is network "lan", which is not a handle of kind image | references are handles | declare it
import { check, network, system } from 'holdfast';

export default system('shop', env => {
  const lan = network('lan');
  check(lan, it => it.user('app').exists());
});
