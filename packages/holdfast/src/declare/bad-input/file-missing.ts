// expect: 3:26 | the import of services.ts leads nowhere | there is no file | create it
import { system } from 'holdfast';
import { services } from './beside/services.ts';

export default system('shop', () => {
  services();
});
