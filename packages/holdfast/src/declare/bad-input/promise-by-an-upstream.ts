// expect: 6:3 | by is upstream "stripe", which is not a handle of kind team | references are handles | team(
import { promise, system, upstream } from 'holdfast';

export default system('shop', env => {
  const stripe = upstream('stripe');
  promise('it answers', { by: stripe, recovers: { within: '10m' } });
});
