// expect: 10:3 | service "web" needs network "lan", which system "second" does not declare | comes from another system | declare it in this system
import { image, network, service, system } from 'holdfast';

let lan;
system('first', () => {
  lan = network('lan');
});

export default system('second', () => {
  service('web', { image: image('web', { archive: './web.tar' }), network: lan });
});
