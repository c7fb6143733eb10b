// expect: 4:1 | TypeScript's namespace declaration can't be used | taking the types out | a file of its own
import { network, system } from 'holdfast';

namespace Names {
  export const lan = 'lan';
}

export default system('shop', () => {
  network(Names.lan);
});
