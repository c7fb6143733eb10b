// expect: 8:3 | has the file /data/db.conf inside of its volume at /data | lies over it | outside of the volume
import { image, network, service, system, volume } from 'holdfast';

export default system('shop', env => {
  const lan = network('lan');
  const base = image('base', { archive: './base.tar' });
  const data = volume('data');
  service('db', { image: base, network: lan, mounts: { '/data': data }, files: { '/data/db.conf': 'x=1' } });
});
