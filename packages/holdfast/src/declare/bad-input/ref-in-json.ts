// expect: 8:78 | the host of service "db" was printed too early | merely declares | JSON.stringify
import { image, network, service, system } from 'holdfast';

export default system('shop', env => {
  const lan = network('lan');
  const base = image('base', { archive: './base.tar' });
  const db = service('db', { image: base, network: lan });
  service('web', { image: base, network: lan, files: { '/etc/web.json': JSON.stringify({ host: db.host }) } });
});
