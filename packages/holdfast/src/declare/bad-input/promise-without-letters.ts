// expect: 6:3 | no name can be made of the sentence "2 + 2" | RFC 1123 | name:
import { promise, system, team } from 'holdfast';

export default system('shop', env => {
  const crew = team('crew', { people: ['ada@shop.example'] });
  promise('2 + 2', { by: crew, recovers: { within: '10m' } });
});
