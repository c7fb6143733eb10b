// expect: 5:66 | holdfast → options is "/opt/holdfast" | an object of the form { … } | { … }
import { debian, holdfast, image, nodejs, system } from 'holdfast';

export default system('shop', env => {
  image('web', { base: debian('bookworm'), steps: [nodejs('24'), holdfast('/opt/holdfast')] });
});
