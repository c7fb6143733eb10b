// expect: 8:8 | nothing is said of /app/server.js | would pass for a proof | .exists(…), .isFile(…)
import { check, image, system } from 'holdfast';

export default system('shop', env => {
  const base = image('base', { archive: './base.tar' });
  check(base, it => {
    it.user('app').exists();
    it.file('/app/server.js');
  });
});
