// expect: 6:43 | what prints(…) was given is an object, which is not a text that is not empty, or a pattern | could not fail | /^v24
import { check, image, system } from 'holdfast';

export default system('shop', env => {
  const base = image('base', { archive: './base.tar' });
  check(base, it => it.command('node -v').prints(/v?/));
});
