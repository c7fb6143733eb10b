// expect: 7:3 | until is "2027-02-30", which is not a day of the calendar | looks at it again | 2027-01-31
import { promise, system, team } from 'holdfast';

export default system('shop', env => {
  const crew = team('crew', { people: ['ada@shop.example'] });
  const risk = { acceptedBy: 'ada@shop.example', because: 'sold already', until: '2027-02-30' };
  promise('it answers', { by: crew, recovers: { within: '10m' }, ...risk });
});
