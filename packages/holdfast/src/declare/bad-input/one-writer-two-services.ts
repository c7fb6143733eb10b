// expect: 9:3 | service "dump" and service "db" both mount volume "data" | corrupt | its own volume
import { image, network, service, system, volume } from 'holdfast';

export default system('shop', env => {
  const lan = network('lan');
  const base = image('base', { archive: './base.tar' });
  const data = volume('data');
  service('db', { image: base, network: lan, mounts: { '/data': data } });
  service('dump', { image: base, network: lan, mounts: { '/data': data } });
});
