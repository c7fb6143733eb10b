// expect: 9:3 | survives the loss of 3 of service "web", which has 2 | no instance would be left | replicas: 4
import { image, loss, network, promise, service, system, team } from 'holdfast';

export default system('shop', env => {
  const crew = team('crew', { people: ['ada@shop.example'] });
  const lan = network('lan');
  const base = image('base', { archive: './base.tar' });
  const web = service('web', { image: base, network: lan, replicas: 2 });
  promise('it answers', { by: crew, survives: [loss(web, 3)] });
});
