// expect: 5:56 | network "lan" has no address 101 | whole numbers | address(1) to address(100)
import { network, system, text } from 'holdfast';

export default system('shop', env => {
  const there = text`${network('lan', { fixed: true }).address(101)}`;
});
