// expect: 5:3 | image "web" → env.PORT is 8080, which is not a text | an image is the same wherever it runs | `env` of the service
import { debian, image, system } from 'holdfast';

export default system('shop', env => {
  image('web', { base: debian('bookworm'), env: { PORT: 8080 } });
});
