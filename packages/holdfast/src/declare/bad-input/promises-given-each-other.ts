// expect: 17:16 | promise "orders-are-paid" is given itself | only if the other held first | take one of them out
// expect: 18:3 | promise "cards-are-charged" is given itself | only if the other held first | take one of them out
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
  const paid = promise('orders are paid', { by: crew, given: [charged], checks });
  promise('cards are charged', { by: crew, given: [paid], checks });
});
