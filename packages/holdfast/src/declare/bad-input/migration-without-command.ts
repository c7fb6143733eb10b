// expect: 7:55 | migration "schema" → command is missing | no shell | ['node'
import { image, migration, network, service, system } from 'holdfast';

export default system('shop', env => {
  const lan = network('lan');
  const base = image('base', { archive: './base.tar' });
  service('web', { image: base, network: lan, before: migration('schema', {}) });
});
