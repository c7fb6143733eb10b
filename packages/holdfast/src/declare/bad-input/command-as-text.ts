// expect: 7:15 | command is "node server.js" | no shell | ['node', 'server.js']
import { image, network, service, system } from 'holdfast';

export default system('shop', env => {
  const lan = network('lan');
  const base = image('base', { archive: './base.tar' });
  const web = service('web', { image: base, network: lan, command: 'node server.js' });
});
