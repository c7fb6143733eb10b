// expect: 6:3 | survives[0] is "web", which is not a fault | injected by a drill | loss(web, 1)
import { promise, system, team } from 'holdfast';

export default system('shop', env => {
  const crew = team('crew', { people: ['ada@shop.example'] });
  promise('it answers', { by: crew, survives: ['web'] });
});
