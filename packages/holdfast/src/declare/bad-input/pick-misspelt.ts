// expect: 7:61 | env.pick names "prodution" | silently give every environment the default | did you mean `production`
import { image, network, service, system } from 'holdfast';

export default system('shop', env => {
  const lan = network('lan');
  const base = image('base', { archive: './base.tar' });
  service('web', { image: base, network: lan, replicas: env.pick({ prodution: 3, default: 1 }) });
});
