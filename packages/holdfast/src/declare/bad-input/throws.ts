// expect: 5:9 | threw an error: no idea which region | while the system was declared | mend the line
import { system } from 'holdfast';

export default system('shop', env => {
  throw new Error('no idea which region');
});
