// expect: 6:3 | check "lan" → target is network "lan", which is not an image, a service, a host or outside | never names | host() or outside
import { check, network, system } from 'holdfast';

export default system('shop', env => {
  const lan = network('lan');
  check(lan, it => it.user('app').exists());
});
