// expect: 6:36 | it.postgres.query → query is "delete from orders", which is not a query that reads | may not change | 'select count(*)
// expect: 7:8 | it.http → options.method is "POST", which is not 'GET', 'HEAD' or 'OPTIONS' | may not change | give it
import { check, host, system } from 'holdfast';

export default system('shop', env => {
  check(host(), it => (it.postgres.query('delete from orders').returns(1),
    it.http(80, '/', { method: 'POST' }).answers(200)));
});
