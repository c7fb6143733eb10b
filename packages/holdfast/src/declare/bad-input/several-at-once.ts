// expect: 9:15 | network "Lan" has a name | host names | 'lan'
// expect: 10:16 | reference is "debian" | a tag may mean | append
// expect: 11:15 | replicas is -1 | how many instances | write it
// expect: 11:15 | ports.http is 0 | port numbers | from 1
// expect: 12:3 | migration "schema" would never run | no service names it | before:
import { image, migration, network, service, system } from 'holdfast';

export default system('shop', env => {
  const lan = network('Lan');
  const base = image('base', { reference: 'debian' });
  const web = service('web', { image: base, network: lan, replicas: -1, ports: { http: 0 } });
  migration('schema', { command: ['migrate'] });
  web.port('http');
});
