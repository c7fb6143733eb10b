// expect: 6:3 | has an objective and is not measured | nobody could tell | probe.https(
import { promise, system, team } from 'holdfast';

export default system('shop', env => {
  const crew = team('crew', { people: ['ada@shop.example'] });
  promise('it answers', { by: crew, objective: '99.5% over 30d' });
});
