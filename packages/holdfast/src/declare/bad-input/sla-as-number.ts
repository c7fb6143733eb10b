// expect: 5:3 | sla is 99.9, which is not a percentage | exact decimal | '99.95%'
import { system, upstream } from 'holdfast';

export default system('shop', env => {
  upstream('stripe', { sla: 99.9 });
});
