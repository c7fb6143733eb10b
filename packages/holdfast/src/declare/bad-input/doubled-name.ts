// expect: 5:7 | has a syntax error | nothing of it was evaluated | mend it
import { system } from 'holdfast';

const lan = 1;
const lan = 2;

export default system('shop', () => {});
