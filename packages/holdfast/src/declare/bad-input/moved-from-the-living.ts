// expect: 6:3 | says that it moved from "data", which is still declared | become both | remove movedFrom
import { system, volume } from 'holdfast';

export default system('shop', env => {
  volume('data');
  volume('store', { movedFrom: 'data' });
});
