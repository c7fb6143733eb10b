// expect: 9:3 | edge "door" can't reach service "web": they share no network | only on a common network | put both on one network
import { edge, image, network, service, system } from 'holdfast';

export default system('shop', env => {
  const front = network('front');
  const back = network('back');
  const base = image('base', { archive: './base.tar' });
  const web = service('web', { image: base, network: back, ports: { http: 8080 } });
  edge('door', { image: base, network: front, routes: { [env.domain]: web.port('http') } });
});
