// expect: 6:7 | threw a TypeError: lan.attach is not a function | while the system was declared | mend the line
import { network, system } from 'holdfast';

export default system('shop', env => {
  const lan = network('lan');
  lan.attach();
});
