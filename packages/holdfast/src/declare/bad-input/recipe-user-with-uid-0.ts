// expect: 5:52 | user → options.uid is 0 | 0 is root | 1 to 4294967294
import { debian, image, system, user } from 'holdfast';

export default system('shop', env => {
  image('web', { base: debian('bookworm'), steps: [user('app', { uid: 0 })] });
});
