// expect: 5:3 | by is missing | references are handles | team(
import { promise, system } from 'holdfast';

export default system('shop', env => {
  promise('it answers', { recovers: { within: '10m' } });
});
