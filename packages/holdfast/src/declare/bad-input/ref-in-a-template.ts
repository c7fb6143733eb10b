// expect: 8:76 | the host of service "db" was printed too early | only known once the environment is up | text`
import { image, network, service, system } from 'holdfast';

export default system('shop', env => {
  const lan = network('lan');
  const base = image('base', { archive: './base.tar' });
  const db = service('db', { image: base, network: lan });
  service('web', { image: base, network: lan, env: { URL: `postgres://${db.host}/shop` } });
});
