// expect: 8:21 | it is said twice that /app has mode 0755 | adds nothing | say what was meant
import { check, image, system } from 'holdfast';

export default system('shop', env => {
  const base = image('base', { archive: './base.tar' });
  check(base, it => {
    it.file('/app').hasMode('0755').isReadOnly();
    it.file('/app').hasMode('755');
  });
});
