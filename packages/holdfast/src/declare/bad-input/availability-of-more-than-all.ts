// expect: 5:3 | availability is "101%", which is not a percentage | exact decimal | '99.95%'
import { system, team } from 'holdfast';

export default system('shop', env => {
  team('crew', { people: ['ada@shop.example'], availability: '101%' });
});
