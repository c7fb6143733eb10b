// expect: 5:3 | image "web" → packages is not known here | known are engine | remove `packages`
import { debian, image, system } from 'holdfast';

export default system('shop', env => {
  image('web', { base: debian('bookworm'), packages: ['nginx'] });
});
