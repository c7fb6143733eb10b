// expect: 6:3 | commonCause is "0.05", which is not a percentage | exact decimal | '99.95%'
import { image, network, service, system } from 'holdfast';

export default system('shop', env => {
  const on = { image: image('web', { archive: './web.tar' }), network: network('lan') };
  service('web', { ...on, availability: '99.9%', commonCause: '0.05' });
});
