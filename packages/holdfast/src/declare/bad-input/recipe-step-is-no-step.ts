// expect: 5:3 | steps[0] is "apt-get install nginx", which is not a step | each step is a layer | packages(['nginx'])
import { debian, image, system } from 'holdfast';

export default system('shop', env => {
  image('web', { base: debian('bookworm'), steps: ['apt-get install nginx'] });
});
