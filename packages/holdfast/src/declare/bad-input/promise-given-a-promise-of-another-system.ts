// expect: 16:3 | needs promise "cards-are-charged", which system "shop" does not declare | comes from another system | declare it in this system
import { check, image, promise, system, team } from 'holdfast';

const ground = () => ({
  crew: team('crew', { people: ['ada@shop.example'] }),
  checks: [check(image('web', { archive: './web.tar' }), it => it.file('/app').exists())],
});
let charged;
system('bank', () => {
  const { crew, checks } = ground();
  charged = promise('cards are charged', { by: crew, checks });
});

export default system('shop', env => {
  const { crew, checks } = ground();
  promise('orders are paid', { by: crew, given: [charged], checks });
});
