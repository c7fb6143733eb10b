// expect: 3:23 | the package 'holdfast-redis' is not installed | no node_modules above it has it | npm install holdfast-redis
import { system } from 'holdfast';
import { cache } from 'holdfast-redis';

export default system('shop', () => {
  cache();
});
