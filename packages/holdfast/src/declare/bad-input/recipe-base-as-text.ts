// expect: 5:3 | base is "debian:bookworm", which is not what debian(…) returned | an image begins with packages | base: debian('bookworm')
import { image, system } from 'holdfast';

export default system('shop', env => {
  image('web', { base: 'debian:bookworm' });
});
