// expect: 5:3 | generate is 4 | can be guessed | from 16 to 1024
import { secret, system } from 'holdfast';

export default system('shop', env => {
  secret('db-password', { generate: 4 });
});
