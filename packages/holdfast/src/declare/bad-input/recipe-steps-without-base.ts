// expect: 5:3 | image "web" has no source | exactly one place | base: debian('bookworm')
import { image, run, system } from 'holdfast';

export default system('shop', env => {
  image('web', { steps: [run('true')] });
});
