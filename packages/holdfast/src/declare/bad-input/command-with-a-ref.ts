// expect: 8:3 | command is an array | before anything of this system is known | `env`
import { image, network, service, system } from 'holdfast';

export default system('shop', env => {
  const lan = network('lan');
  const base = image('base', { archive: './base.tar' });
  const db = service('db', { image: base, network: lan });
  service('web', { image: base, network: lan, command: ['web', db.host] });
});
