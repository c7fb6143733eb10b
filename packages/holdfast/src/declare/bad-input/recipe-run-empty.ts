// expect: 5:52 | run → command is "  " | a line for a shell | run('make install')
import { debian, image, run, system } from 'holdfast';

export default system('shop', env => {
  image('web', { base: debian('bookworm'), steps: [run('  ')] });
});
