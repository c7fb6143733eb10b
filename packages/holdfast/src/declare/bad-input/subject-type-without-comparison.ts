// expect: 4:15 | matcher isPrimary compares its fact with nothing | could not fail | give it one of equals
import { check, image, subjectType, system } from 'holdfast';

const redis = subjectType({
  name: 'redis',
  facts: () => ({ command: 'redis-cli info', parse: 'pairs' }),
  matchers: { isPrimary: { says: 'is the primary', fact: '.role' } },
});

export default system('shop', env => {
  check(image('base', { archive: './base.tar' }), it => it.a(redis).isPrimary());
});
