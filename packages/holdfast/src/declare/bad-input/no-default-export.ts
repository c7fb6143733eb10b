// expect: 1:1 | no default export | exports only shop | export default system
import { system } from 'holdfast';

export const shop = system('shop', () => {});
