// expect: 6:41 | what hasMode(…) was given is 420, which is not a mode in octal | another number | '0644'
import { check, image, system } from 'holdfast';

export default system('shop', env => {
  const base = image('base', { archive: './base.tar' });
  check(base, it => it.file('/app').not.hasMode(0o644));
});
