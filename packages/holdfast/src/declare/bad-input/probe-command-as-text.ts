// expect: 7:60 | probe.command → command is "pg_isready -q" | no shell | ['pg_isready', '-q']
import { image, network, probe, service, system } from 'holdfast';

export default system('shop', env => {
  const lan = network('lan');
  const base = image('base', { archive: './base.tar' });
  service('db', { image: base, network: lan, health: probe.command('pg_isready -q') });
});
