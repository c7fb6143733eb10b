// expect: 5:3 | image "web" → ports[0] is 70000 | the port numbers that there are | 1 to 65535
import { debian, image, system } from 'holdfast';

export default system('shop', env => {
  image('web', { base: debian('bookworm'), ports: [70000] });
});
