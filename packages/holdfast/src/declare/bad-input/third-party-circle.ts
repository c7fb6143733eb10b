// expect: 7:3 | self is an object that holds itself | plain data | texts, finite numbers
import { resource, system } from 'holdfast';

export default system('shop', env => {
  const inputs = { name: 'www', self: {} };
  inputs.self = inputs;
  resource('dns-record', 'www', inputs);
});
