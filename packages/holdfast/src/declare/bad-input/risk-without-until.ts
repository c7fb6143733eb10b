// expect: 6:3 | accepts a risk without until | only forgotten | write all three
import { promise, system, team } from 'holdfast';

export default system('shop', env => {
  const crew = team('crew', { people: ['ada@shop.example'] });
  promise('it answers', { by: crew, recovers: { within: '10m' }, acceptedBy: 'ada@shop.example', because: 'sold already' });
});
