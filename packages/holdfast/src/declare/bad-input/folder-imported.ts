// expect: 3:25 | the import of folder names a folder | does not look for an index | index.ts
import { system } from 'holdfast';
import { backend } from './beside/folder';

export default system('shop', () => {
  backend();
});
