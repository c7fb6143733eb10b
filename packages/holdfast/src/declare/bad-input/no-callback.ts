// expect: 4:16 | was given an object in place of a callback | second argument | env =>
import { system } from 'holdfast';

export default system('shop', {});
