// expect: 7:3 | a risk that "eve@bank.example" accepts, who is not in team "crew" | those who keep it | ada@shop.example
import { promise, system, team } from 'holdfast';

export default system('shop', env => {
  const crew = team('crew', { people: ['ada@shop.example'] });
  const risk = { acceptedBy: 'eve@bank.example', because: 'sold already', until: '2027-01-31' };
  promise('it answers', { by: crew, recovers: { within: '10m' }, ...risk });
});
