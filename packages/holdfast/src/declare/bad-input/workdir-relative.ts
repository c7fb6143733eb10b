// expect: 7:15 | workdir is "app", which is not an absolute path | inside the container | '/app'
import { image, network, service, system } from 'holdfast';

export default system('shop', env => {
  const lan = network('lan');
  const base = image('base', { archive: './base.tar' });
  const web = service('web', { image: base, network: lan, workdir: 'app' });
});
