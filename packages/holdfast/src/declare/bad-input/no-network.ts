// expect: 6:3 | service "web" is on no network | nobody could reach it | network: lan
import { image, service, system } from 'holdfast';

export default system('shop', env => {
  const base = image('base', { archive: './base.tar' });
  service('web', { image: base });
});
