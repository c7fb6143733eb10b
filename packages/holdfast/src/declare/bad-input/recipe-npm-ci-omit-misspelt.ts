// expect: 5:56 | npm.ci → options.omit is "devel" | 'dev', 'optional', 'peer' | 'dev', 'optional', 'peer'
import { debian, image, npm, system } from 'holdfast';

export default system('shop', env => {
  image('web', { base: debian('bookworm'), steps: [npm.ci('./app', { omit: 'devel' })] });
});
