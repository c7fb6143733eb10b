// expect: 9:3 | a failover of service "db", which has one instance | no other one | replicas: 2
import { failover, image, network, promise, service, system, team } from 'holdfast';

export default system('shop', env => {
  const crew = team('crew', { people: ['ada@shop.example'] });
  const lan = network('lan');
  const base = image('base', { archive: './base.tar' });
  const db = service('db', { image: base, network: lan });
  promise('it answers', { by: crew, survives: [failover(db, { within: '30s' })] });
});
