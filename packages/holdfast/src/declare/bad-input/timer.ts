// expect: 5:3 | setTimeout() was called | belongs to no system | call it at once
import { network, system } from 'holdfast';

export default system('shop', env => {
  setTimeout(() => network('late'), 10);
});
