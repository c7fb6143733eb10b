// expect: 6:33 | eventually → deadline is 10, which is not a duration | unit open | '15s'
import { check, image, system } from 'holdfast';

export default system('shop', env => {
  const base = image('base', { archive: './base.tar' });
  check(base, it => it.port(80).eventually(10).listens());
});
