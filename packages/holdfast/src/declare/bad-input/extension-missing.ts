// expect: 3:25 | the import of backend leads nowhere | there is no file | did you mean backend.ts
import { system } from 'holdfast';
import { backend } from './beside/backend';

export default system('shop', () => {
  backend();
});
