// expect: 4:22 | fetch() was called | what the network answers | beforehand
import { network, system } from 'holdfast';

const answer = await fetch('http://127.0.0.1:9/');

export default system('shop', () => {
  network(`lan-${answer.status}`);
});
