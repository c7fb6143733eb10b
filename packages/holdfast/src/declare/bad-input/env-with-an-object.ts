// expect: 7:15 | env.OPTIONS is an object | becomes a text | JSON.stringify
import { image, network, service, system } from 'holdfast';

export default system('shop', env => {
  const lan = network('lan');
  const base = image('base', { archive: './base.tar' });
  const web = service('web', { image: base, network: lan, env: { OPTIONS: { debug: true } } });
});
