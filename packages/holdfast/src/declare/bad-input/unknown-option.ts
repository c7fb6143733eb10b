// expect: 7:15 | service "web" → replica is not known here | misspelt | did you mean `replicas`
import { image, network, service, system } from 'holdfast';

export default system('shop', env => {
  const lan = network('lan');
  const base = image('base', { archive: './base.tar' });
  const web = service('web', { image: base, network: lan, replica: 2 });
});
