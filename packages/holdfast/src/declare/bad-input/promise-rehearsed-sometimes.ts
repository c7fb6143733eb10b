// expect: 6:3 | rehearsed is "sometimes" | how old the evidence may be | 'weekly'
import { promise, system, team } from 'holdfast';

export default system('shop', env => {
  const crew = team('crew', { people: ['ada@shop.example'] });
  promise('it answers', { by: crew, recovers: { within: '10m' }, rehearsed: 'sometimes' });
});
