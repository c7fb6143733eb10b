// expect: 5:24 | debian → suite is "stable" | another release after the next | 'bookworm'
import { debian, image, system } from 'holdfast';

export default system('shop', env => {
  image('web', { base: debian('stable') });
});
