// expect: 5:3 | writers is 2, which is not 'one' or 'many' | while its predecessor still writes | 'one' or 'many'
import { system, volume } from 'holdfast';

export default system('shop', env => {
  volume('data', { writers: 2 });
});
