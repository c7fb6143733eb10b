// expect: 5:3 | WebSocket() was called while the system is declared | can differ each time | fetch it beforehand
import { network, system } from 'holdfast';

export default system('shop', env => {
  new WebSocket('ws://localhost/');
  network('lan');
});
