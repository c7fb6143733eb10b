// expect: 5:3 | image "web" has 2 sources: dockerfile and archive | exactly one place | give one of
import { image, system } from 'holdfast';

export default system('shop', env => {
  image('web', { dockerfile: './Dockerfile', archive: './web.tar' });
});
