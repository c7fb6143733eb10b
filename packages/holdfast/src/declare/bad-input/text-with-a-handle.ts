// expect: 8:63 | was given service "db" as its insertion 1 | Refs and secrets | db.host
import { image, network, service, system, text } from 'holdfast';

export default system('shop', env => {
  const lan = network('lan');
  const base = image('base', { archive: './base.tar' });
  const db = service('db', { image: base, network: lan });
  service('web', { image: base, network: lan, env: { URL: text`http://${db}/` } });
});
