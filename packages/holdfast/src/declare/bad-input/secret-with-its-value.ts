// expect: 5:3 | value is not known here | misspelt | known ones
import { secret, system } from 'holdfast';

export default system('shop', env => {
  secret('db-password', { value: 'hunter2' });
});
