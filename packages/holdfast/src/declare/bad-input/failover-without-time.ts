// expect: 9:48 | options.within is missing | unit open | 15s
import { failover, image, network, promise, service, system, team } from 'holdfast';

export default system('shop', env => {
  const crew = team('crew', { people: ['ada@shop.example'] });
  const lan = network('lan');
  const base = image('base', { archive: './base.tar' });
  const db = service('db', { image: base, network: lan, replicas: 2 });
  promise('it answers', { by: crew, survives: [failover(db, {})] });
});
