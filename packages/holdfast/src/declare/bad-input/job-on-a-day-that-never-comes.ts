// expect: 7:3 | job "dump" → every is "0 0 31 2 *", which is not a duration of 10s or more, or a pattern of cron | in UTC | '30 3 * * *'
import { image, job, network, system } from 'holdfast';

export default system('shop', env => {
  const lan = network('lan');
  const base = image('base', { archive: './base.tar' });
  job('dump', { image: base, network: lan, every: '0 0 31 2 *' });
});
