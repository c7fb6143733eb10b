// expect: 5:23 | TypeScript's parameter property can't be used | taking the types out | assign it in the constructor
import { network, system } from 'holdfast';

class Names {
  constructor(private lan: string) {}
}

export default system('shop', () => {
  network(new Names('lan').lan);
});
