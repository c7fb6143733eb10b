// expect: 5:3 | migration "schema" would never run | no service names it | before: migration(
import { migration, system } from 'holdfast';

export default system('shop', env => {
  migration('schema', { command: ['migrate'] });
});
