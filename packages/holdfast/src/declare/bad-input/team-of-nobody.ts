// expect: 5:3 | people is an empty array | nobody can be | ada@shop.example
import { system, team } from 'holdfast';

export default system('shop', env => {
  team('crew', { people: [] });
});
