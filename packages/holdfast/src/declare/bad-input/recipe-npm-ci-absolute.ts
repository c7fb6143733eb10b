// expect: 5:56 | npm.ci → folder is "/srv/app" | another one on the next machine | forward slashes
import { debian, image, npm, system } from 'holdfast';

export default system('shop', env => {
  image('web', { base: debian('bookworm'), steps: [npm.ci('/srv/app')] });
});
