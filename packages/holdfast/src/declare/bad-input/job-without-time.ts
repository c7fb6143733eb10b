// expect: 7:3 | timeout is "0s", which is not a duration | unit | 10m
import { image, job, network, system } from 'holdfast';

export default system('shop', env => {
  const lan = network('lan');
  const base = image('base', { archive: './base.tar' });
  job('dump', { image: base, network: lan, timeout: '0s' });
});
