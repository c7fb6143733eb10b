// expect: 8:77 | secret "db-password" was used as a text | it is a handle | keeps it sealed
import { image, network, secret, service, system } from 'holdfast';

export default system('shop', env => {
  const lan = network('lan');
  const base = image('base', { archive: './base.tar' });
  const password = secret('db-password');
  service('db', { image: base, network: lan, env: { URL: `postgres://shop:${password}@db/` } });
});
