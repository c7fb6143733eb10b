// expect: 2:18 | 'holdfast' exports no "servce" | it exports | did you mean `service`
import { system, servce } from 'holdfast';

export default system('shop', () => {
  servce('web', {});
});
