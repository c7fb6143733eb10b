// expect: 5:3 | service "web" has no options | stands in an object | { image, network: lan }
import { service, system } from 'holdfast';

export default system('shop', env => {
  service('web');
});
