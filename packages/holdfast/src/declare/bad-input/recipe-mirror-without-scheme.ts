// expect: 5:24 | debian → options.mirror is "mirror.test/debian" | an http or https URL | https://
import { debian, image, system } from 'holdfast';

export default system('shop', env => {
  image('web', { base: debian('bookworm', { mirror: 'mirror.test/debian' }) });
});
