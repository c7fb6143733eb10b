// expect: 6:37 | isReadOnly(…) was given more than it takes | it takes nothing | .isReadOnly()
import { check, image, system } from 'holdfast';

export default system('shop', env => {
  const base = image('base', { archive: './base.tar' });
  check(base, it => it.file('/app').isReadOnly(false));
});
