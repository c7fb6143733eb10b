// expect: 7:15 | files["/etc/shop.conf"] is an object | the mode is octal text | mode: '0400'
import { image, network, service, system } from 'holdfast';

export default system('shop', env => {
  const lan = network('lan');
  const base = image('base', { archive: './base.tar' });
  const web = service('web', { image: base, network: lan, files: { '/etc/shop.conf': { content: 'a=1', mode: 400 } } });
});
