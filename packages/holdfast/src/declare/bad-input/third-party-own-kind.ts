// expect: 5:3 | was given "service" as its kind | Holdfast has that kind itself | call service(
import { resource, system } from 'holdfast';

export default system('shop', env => {
  resource('service', 'web', {});
});
