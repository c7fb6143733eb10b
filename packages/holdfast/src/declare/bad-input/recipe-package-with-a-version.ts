// expect: 5:24 | debian → options.packages is an array, which is not an array of package names | versions stand in holdfast.lock | "nginx=1.22.1-9" is none
import { debian, image, system } from 'holdfast';

export default system('shop', env => {
  image('web', { base: debian('bookworm', { packages: ['nginx=1.22.1-9'] }) });
});
