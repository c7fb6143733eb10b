// expect: 5:52 | copy → options.chown is not known here | known are owner, mode, ignore | remove `chown`
import { copy, debian, image, system } from 'holdfast';

export default system('shop', env => {
  image('web', { base: debian('bookworm'), steps: [copy('./app', '/app', { chown: 'app' })] });
});
