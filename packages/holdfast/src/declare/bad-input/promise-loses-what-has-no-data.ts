// expect: 9:3 | recovers.losing is said of what has no data | no volume is mounted there | mounts:
import { image, loss, network, promise, service, system, team } from 'holdfast';

export default system('shop', env => {
  const crew = team('crew', { people: ['ada@shop.example'] });
  const lan = network('lan');
  const base = image('base', { archive: './base.tar' });
  const web = service('web', { image: base, network: lan, replicas: 2 });
  promise('it answers', { by: crew, survives: [loss(web)], recovers: { within: '10m', losing: '1m' } });
});
