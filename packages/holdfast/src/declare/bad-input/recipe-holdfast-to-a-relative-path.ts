// expect: 5:66 | holdfast → options.to is "holdfast", which is not an absolute path | a place inside the container | '/app'
import { debian, holdfast, image, nodejs, system } from 'holdfast';

export default system('shop', env => {
  image('web', { base: debian('bookworm'), steps: [nodejs('24'), holdfast({ to: 'holdfast' })] });
});
