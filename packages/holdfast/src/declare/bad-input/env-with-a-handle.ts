// expect: 8:3 | env.DATABASE_HOST is service "db" | becomes a text | db.host
import { image, network, service, system } from 'holdfast';

export default system('shop', env => {
  const lan = network('lan');
  const base = image('base', { archive: './base.tar' });
  const db = service('db', { image: base, network: lan });
  service('web', { image: base, network: lan, env: { DATABASE_HOST: db } });
});
