// expect: 5:37 | network() was called after system "shop" had been declared | belongs to no system | move the call into the callback
import { network, system } from 'holdfast';

export default system('shop', () => {
  void Promise.resolve().then(() => network('late'));
});
