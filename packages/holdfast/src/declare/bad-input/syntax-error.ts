// expect: 5:16 | has a syntax error | nothing of it was evaluated | mend it at the mark
import { network, system } from 'holdfast';

export default system('shop', () => {
  network('lan';
});
