// expect: 5:3 | dns-record "www" → value is a function | plain data | texts, finite numbers
import { resource, system } from 'holdfast';

export default system('shop', env => {
  resource('dns-record', 'www', { value: () => '10.0.0.1' });
});
