// expect: 5:3 | movedFrom is an empty array | former name | movedFrom: 'old-name'
import { system, volume } from 'holdfast';

export default system('shop', env => {
  volume('one', { movedFrom: [] });
});
