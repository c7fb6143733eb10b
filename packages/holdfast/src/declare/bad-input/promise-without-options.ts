// expect: 5:3 | promise "it-answers" has no options | an object of options | write them
import { promise, system } from 'holdfast';

export default system('shop', env => {
  promise('it answers');
});
