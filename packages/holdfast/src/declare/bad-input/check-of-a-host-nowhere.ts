// expect: 5:3 | check "host-spare" is to live on engine "spare", which environment "local" does not have | its engines are default | engines: { spare
import { check, host, system } from 'holdfast';

export default system('shop', env => {
  check(host('spare'), it => it.disk('/').hasFree('10%'));
});
