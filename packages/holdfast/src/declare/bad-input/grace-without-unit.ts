// expect: 7:15 | stop.grace is 10, which is not a duration | leave its unit open | '800ms'
import { image, network, service, system } from 'holdfast';

export default system('shop', env => {
  const lan = network('lan');
  const base = image('base', { archive: './base.tar' });
  const web = service('web', { image: base, network: lan, stop: { grace: 10 } });
});
