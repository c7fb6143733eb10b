// expect: 6:3 | nothing that could show | is a hope | name its checks
import { promise, system, team } from 'holdfast';

export default system('shop', env => {
  const crew = team('crew', { people: ['ada@shop.example'] });
  promise('it answers', { by: crew, rehearsed: 'weekly' });
});
