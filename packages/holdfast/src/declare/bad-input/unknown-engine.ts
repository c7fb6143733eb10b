// expect: 7:15 | engine "gpu", which environment "local" does not have | its engines are default | holdfast.config.ts
import { image, network, service, system } from 'holdfast';

export default system('shop', env => {
  const lan = network('lan');
  const base = image('base', { archive: './base.tar' });
  const web = service('web', { image: base, network: lan, engine: 'gpu' });
});
