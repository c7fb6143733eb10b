// expect: 6:3 | image "web" is built on image "below", which is not made by a recipe | only of a recipe | give image "below" a base
import { image, system } from 'holdfast';

export default system('shop', env => {
  const below = image('below', { dockerfile: './Dockerfile' });
  image('web', { base: below });
});
