// expect: 5:52 | copy → options.mode is 416, which is not a mode in octal | a mode in octal | '0640'
import { copy, debian, image, system } from 'holdfast';

export default system('shop', env => {
  image('web', { base: debian('bookworm'), steps: [copy('./app', '/app', { mode: 0o640 })] });
});
