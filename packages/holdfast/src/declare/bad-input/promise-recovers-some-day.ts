// expect: 6:3 | recovers.within is "soon", which is not a duration | unit open | 10m
import { promise, system, team } from 'holdfast';

export default system('shop', env => {
  const crew = team('crew', { people: ['ada@shop.example'] });
  promise('it answers', { by: crew, recovers: { within: 'soon' } });
});
