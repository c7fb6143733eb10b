// expect: 8:3 | has 2 replicas, and its volume "data" takes one writer | corrupt | writers: 'many'
import { image, network, service, system, volume } from 'holdfast';

export default system('shop', env => {
  const lan = network('lan');
  const base = image('base', { archive: './base.tar' });
  const data = volume('data');
  service('db', { image: base, network: lan, replicas: 2, mounts: { '/data': data } });
});
