// expect: 4:1 | TypeScript's enum can't be used here | taking the types out | union of texts
import { network, system } from 'holdfast';

enum Size { Small, Large }

export default system('shop', () => {
  network(Size[Size.Small]);
});
