// expect: 5:3 | image "web" has no source | exactly one place | dockerfile:
import { image, system } from 'holdfast';

export default system('shop', env => {
  image('web', {});
});
