// expect: 7:63 | `charged` is used before it is declared | that is a cycle | by a name in its configuration
import { check, image, promise, system, team } from 'holdfast';

export default system('shop', env => {
  const crew = team('crew', { people: ['ada@shop.example'] });
  const checks = [check(image('web', { archive: './web.tar' }), it => it.file('/app').exists())];
  const paid = promise('orders are paid', { by: crew, given: [charged], checks });
  const charged = promise('cards are charged', { by: crew, given: [paid], checks });
});
