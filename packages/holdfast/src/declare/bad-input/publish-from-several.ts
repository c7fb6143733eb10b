// expect: 7:15 | publishes a port and has 2 replicas | a host port leads to one instance | edge(
import { image, network, service, system } from 'holdfast';

export default system('shop', env => {
  const lan = network('lan');
  const base = image('base', { archive: './base.tar' });
  const web = service('web', { image: base, network: lan, ports: { http: 8080 }, publish: ['http'], replicas: 2 });
});
