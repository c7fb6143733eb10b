// expect: 6:3 | both say that they moved from "data" | only become one | keep movedFrom at the one
import { system, volume } from 'holdfast';

export default system('shop', env => {
  volume('one', { movedFrom: 'data' });
  volume('two', { movedFrom: ['data'] });
});
