// expect: 4:16 | callback of system "shop" is async | two evaluations could differ | remove `async`
import { network, system } from 'holdfast';

export default system('shop', async () => {
  network('lan');
});
