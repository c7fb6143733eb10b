// expect: 7:15 | env.DATABASE_HOST is missing | becomes a text | name what of it
import { image, network, service, system } from 'holdfast';

export default system('shop', env => {
  const lan = network('lan');
  const base = image('base', { archive: './base.tar' });
  const web = service('web', { image: base, network: lan, env: { DATABASE_HOST: undefined } });
});
