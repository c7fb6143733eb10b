// expect: 4:13 | network() was called outside of system() | belongs to the system whose callback makes it | move the call into the callback
import { image, network, service, system } from 'holdfast';

const lan = network('lan');

export default system('shop', () => {
  service('web', { image: image('web', { archive: './web.tar' }), network: lan });
});
