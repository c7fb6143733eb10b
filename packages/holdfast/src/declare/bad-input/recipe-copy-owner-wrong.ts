// expect: 5:52 | copy → options.owner is "app:app" | a user name, a uid, or uid:gid | '10001:10001'
import { copy, debian, image, system } from 'holdfast';

export default system('shop', env => {
  image('web', { base: debian('bookworm'), steps: [copy('./app', '/app', { owner: 'app:app' })] });
});
