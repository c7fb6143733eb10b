// expect: 9:3 | survives names loss of service "web" twice | counted and shown once | keep the one
import { image, loss, network, promise, service, system, team } from 'holdfast';

export default system('shop', env => {
  const crew = team('crew', { people: ['ada@shop.example'] });
  const lan = network('lan');
  const base = image('base', { archive: './base.tar' });
  const web = service('web', { image: base, network: lan, replicas: 3 });
  promise('it answers', { by: crew, survives: [loss(web, 1), loss(web, 2)] });
});
