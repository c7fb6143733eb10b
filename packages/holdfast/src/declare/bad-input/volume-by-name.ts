// expect: 7:15 | mounts["/data"] is "data", which is not a handle of kind volume | never names | volume('…'
import { image, network, service, system } from 'holdfast';

export default system('shop', env => {
  const lan = network('lan');
  const base = image('base', { archive: './base.tar' });
  const web = service('web', { image: base, network: lan, mounts: { '/data': 'data' } });
});
