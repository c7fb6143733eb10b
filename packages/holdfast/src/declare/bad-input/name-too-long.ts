// expect: 5:3 | too long: 64 characters | RFC 1123 | shorter
import { system, volume } from 'holdfast';

export default system('shop', env => {
  volume('vvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvv');
});
