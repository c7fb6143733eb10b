// expect: 7:15 | limits.mem is not known here | silently without effect | known ones
import { image, network, service, system } from 'holdfast';

export default system('shop', env => {
  const lan = network('lan');
  const base = image('base', { archive: './base.tar' });
  const web = service('web', { image: base, network: lan, limits: { mem: '1GB' } });
});
