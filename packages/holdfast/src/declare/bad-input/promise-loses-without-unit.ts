// expect: 6:3 | recovers.losing is 60, which is not 0 or a duration | how much of the newest data | '1m'
import { promise, system, team } from 'holdfast';

export default system('shop', env => {
  const crew = team('crew', { people: ['ada@shop.example'] });
  promise('it answers', { by: crew, recovers: { within: '10m', losing: 60 } });
});
