// expect: 7:3 | service "web" → reaches[0] is "network", which is not 'engine' or 'journal' | only where it says so | reaches: ['journal']
import { image, network, service, system } from 'holdfast';

export default system('shop', env => {
  const lan = network('lan');
  const base = image('base', { archive: './base.tar' });
  service('web', { image: base, network: lan, reaches: ['network'] });
});
