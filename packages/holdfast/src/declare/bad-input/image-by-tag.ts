// expect: 5:3 | reference is "redis:7" | a tag may mean something else tomorrow | docker buildx imagetools inspect redis:7
import { image, system } from 'holdfast';

export default system('shop', env => {
  image('cache', { reference: 'redis:7' });
});
