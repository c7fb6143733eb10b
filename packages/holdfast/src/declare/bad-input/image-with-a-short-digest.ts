// expect: 5:3 | reference is "redis@sha256:12ab" | a tag may mean | append the digest
import { image, system } from 'holdfast';

export default system('shop', env => {
  image('cache', { reference: 'redis@sha256:12ab' });
});
