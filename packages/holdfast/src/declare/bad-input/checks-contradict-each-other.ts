// expect: 7:3 | check "base-2" says that user app does not exist, and check "base" the opposite | both are of one target | the one that is wrong
import { check, image, system } from 'holdfast';

export default system('shop', env => {
  const base = image('base', { archive: './base.tar' });
  check(base, it => it.user('app').exists());
  check(base, it => it.user('app').not.exists());
});
