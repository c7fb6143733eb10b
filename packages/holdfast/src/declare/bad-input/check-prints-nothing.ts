// expect: 6:52 | what prints(…) was given is "", which is not a text that is not empty | must be | give it
import { check, image, system } from 'holdfast';

export default system('shop', env => {
  const base = image('base', { archive: './base.tar' });
  check(base, it => it.command('node -v').exits(0).prints(''));
});
