// expect: 7:3 | survives an outage of upstream "stripe", which it is not given | surviving it would show nothing | given: [stripe]
import { outage, promise, system, team, upstream } from 'holdfast';

export default system('shop', env => {
  const crew = team('crew', { people: ['ada@shop.example'] });
  const stripe = upstream('stripe');
  promise('it answers', { by: crew, survives: [outage(stripe)] });
});
