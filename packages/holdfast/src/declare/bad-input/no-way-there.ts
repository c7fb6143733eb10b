// expect: 9:3 | service "web" can't reach service "db": they share no network | only on a common network | put both on one network
import { image, network, service, system } from 'holdfast';

export default system('shop', env => {
  const front = network('front');
  const back = network('back');
  const base = image('base', { archive: './base.tar' });
  const db = service('db', { image: base, network: back });
  service('web', { image: base, network: front, env: { DATABASE_HOST: db.host } });
});
