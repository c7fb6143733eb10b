// expect: 7:3 | survives a failover of database "db", which has one server | no standby | standbys: 1
import { failover, network, postgres, promise, system, team } from 'holdfast';

export default system('shop', env => {
  const crew = team('crew', { people: ['ada@shop.example'] });
  const db = postgres('db', { network: network('lan') });
  promise('orders are kept', { by: crew, survives: [failover(db, { within: '30s' })] });
});
