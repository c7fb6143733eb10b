// expect: 6:49 | it is said that user app does not exist, and the opposite too | could never pass | the one that is wrong
import { check, image, system } from 'holdfast';

export default system('shop', env => {
  const base = image('base', { archive: './base.tar' });
  check(base, it => it.user('app').exists().not.exists());
});
