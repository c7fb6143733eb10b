// expect: 6:3 | service "web" has a commonCause and no availability | how often an instance fails | availability: '99.9%'
import { image, network, service, system } from 'holdfast';

export default system('shop', env => {
  const on = { image: image('web', { archive: './web.tar' }), network: network('lan') };
  service('web', { ...on, replicas: 2, commonCause: '5%' });
});
