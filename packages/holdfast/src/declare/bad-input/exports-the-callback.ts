// expect: 1:1 | is a function, not a system | what system() returns | export default system(
import { network } from 'holdfast';

export default () => {
  network('lan');
};
