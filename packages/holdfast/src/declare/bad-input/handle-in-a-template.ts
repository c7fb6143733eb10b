// expect: 8:69 | service "db" was used as a text | stands for what will run | `.host`
import { image, network, service, system } from 'holdfast';

export default system('shop', env => {
  const lan = network('lan');
  const base = image('base', { archive: './base.tar' });
  const db = service('db', { image: base, network: lan });
  service('web', { image: base, network: lan, env: { URL: `http://${db}/` } });
});
