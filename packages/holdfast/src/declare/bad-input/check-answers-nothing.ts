// expect: 6:44 | what answers(…) was given is an empty array, which is not a status | one of those that are named | [200, 204]
import { check, image, system } from 'holdfast';

export default system('shop', env => {
  const base = image('base', { archive: './base.tar' });
  check(base, it => it.http(8080, '/').not.answers([]));
});
