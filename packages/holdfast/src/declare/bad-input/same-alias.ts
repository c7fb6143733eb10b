// expect: 8:3 | service "cache" and service "db" both answer to "db" | share a network | remove the alias
import { image, network, service, system } from 'holdfast';

export default system('shop', env => {
  const lan = network('lan');
  const base = image('base', { archive: './base.tar' });
  service('db', { image: base, network: lan });
  service('cache', { image: base, network: lan, aliases: ['db'] });
});
