// expect: 5:3 | by is "crew", which is not a handle of kind team | references are handles | team(
import { promise, system } from 'holdfast';

export default system('shop', env => {
  promise('it answers', { by: 'crew', recovers: { within: '10m' } });
});
