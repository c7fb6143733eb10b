// expect: 4:16 | system "My Shop" has a name that is not a label | RFC 1123 | 'my-shop'
import { system } from 'holdfast';

export default system('My Shop', () => {});
