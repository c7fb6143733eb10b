// expect: 5:66 | holdfast → options.version is not known here | known are to | remove `version`
import { debian, holdfast, image, nodejs, system } from 'holdfast';

export default system('shop', env => {
  image('web', { base: debian('bookworm'), steps: [nodejs('24'), holdfast({ version: '0.1.0' })] });
});
