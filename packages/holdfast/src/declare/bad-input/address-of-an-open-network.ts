// expect: 6:28 | network "lan" has no address to give: it is not fixed | to somebody else | network('lan', { fixed: true })
import { network, system, text } from 'holdfast';

export default system('shop', env => {
  const lan = network('lan');
  const there = text`${lan.address(1)}`;
});
