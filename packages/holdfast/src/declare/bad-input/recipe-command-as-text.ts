// expect: 5:3 | image "web" → command is "node server.js" | no shell | ['node', 'server.js']
import { debian, image, system } from 'holdfast';

export default system('shop', env => {
  image('web', { base: debian('bookworm'), command: 'node server.js' });
});
