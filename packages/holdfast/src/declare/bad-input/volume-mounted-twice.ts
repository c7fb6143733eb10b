// expect: 8:3 | mounts volume "data" twice, the second time at /b | overwritten | second volume
import { image, network, service, system, volume } from 'holdfast';

export default system('shop', env => {
  const lan = network('lan');
  const base = image('base', { archive: './base.tar' });
  const data = volume('data');
  service('db', { image: base, network: lan, mounts: { '/a': data, '/b': data } });
});
