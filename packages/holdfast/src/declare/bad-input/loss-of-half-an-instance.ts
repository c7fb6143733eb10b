// expect: 9:48 | instances is 0.5 | how many instances go at once | a whole number
import { image, loss, network, promise, service, system, team } from 'holdfast';

export default system('shop', env => {
  const crew = team('crew', { people: ['ada@shop.example'] });
  const lan = network('lan');
  const base = image('base', { archive: './base.tar' });
  const web = service('web', { image: base, network: lan, replicas: 2 });
  promise('it answers', { by: crew, survives: [loss(web, 0.5)] });
});
