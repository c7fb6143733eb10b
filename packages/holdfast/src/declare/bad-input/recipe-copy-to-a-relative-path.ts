// expect: 5:52 | copy → to is "app", which is not an absolute path | a place inside the container | '/app'
import { copy, debian, image, system } from 'holdfast';

export default system('shop', env => {
  image('web', { base: debian('bookworm'), steps: [copy('./app', 'app')] });
});
