// expect: 5:52 | nodejs → version is "lts" | a version, or the beginning of one | '24'
import { debian, image, nodejs, system } from 'holdfast';

export default system('shop', env => {
  image('web', { base: debian('bookworm'), steps: [nodejs('lts')] });
});
