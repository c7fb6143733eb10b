// expect: 6:3 | availability is 0.999, which is not a percentage | exact decimal | '99.95%'
import { image, network, service, system } from 'holdfast';

export default system('shop', env => {
  const on = { image: image('web', { archive: './web.tar' }), network: network('lan') };
  service('web', { ...on, availability: 0.999 });
});
