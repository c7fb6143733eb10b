// expect: 5:3 | image "web" → env.KEY is secret "key", which is not a text | an image is the same wherever it runs | `env` of the service
import { debian, image, secret, system } from 'holdfast';

export default system('shop', env => {
  image('web', { base: debian('bookworm'), env: { KEY: secret('key') } });
});
