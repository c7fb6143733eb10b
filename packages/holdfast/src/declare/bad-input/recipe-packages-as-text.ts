// expect: 5:24 | debian → options.packages is "nginx" | versions stand in holdfast.lock | ['ca-certificates', 'nginx']
import { debian, image, system } from 'holdfast';

export default system('shop', env => {
  image('web', { base: debian('bookworm', { packages: 'nginx' }) });
});
