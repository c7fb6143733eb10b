// expect: 8:24 | was printed too early | merely declares | text`
import { image, network, service, system } from 'holdfast';

export default system('shop', env => {
  const lan = network('lan');
  const base = image('base', { archive: './base.tar' });
  const db = service('db', { image: base, network: lan });
  const host = db.host.toString();
  service('web', { image: base, network: lan, env: { HOST: host } });
});
