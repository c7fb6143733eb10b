// expect: 6:3 | check "base" says nothing | can never fail | it.file('/app').exists()
import { check, image, system } from 'holdfast';

export default system('shop', env => {
  const base = image('base', { archive: './base.tar' });
  check(base, it => {});
});
