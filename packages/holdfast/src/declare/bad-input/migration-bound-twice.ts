// expect: 9:3 | runs before service "api" and before another one | runs once a release | one migration for each
import { image, migration, network, service, system } from 'holdfast';

export default system('shop', env => {
  const lan = network('lan');
  const base = image('base', { archive: './base.tar' });
  const schema = migration('schema', { command: ['migrate'] });
  service('web', { image: base, network: lan, before: schema });
  service('api', { image: base, network: lan, before: schema });
});
