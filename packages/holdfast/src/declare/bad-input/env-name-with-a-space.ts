// expect: 7:15 | env has the key "DATABASE HOST" | letters, digits and underscores | DATABASE_HOST
import { image, network, service, system } from 'holdfast';

export default system('shop', env => {
  const lan = network('lan');
  const base = image('base', { archive: './base.tar' });
  const web = service('web', { image: base, network: lan, env: { 'DATABASE HOST': 'db' } });
});
