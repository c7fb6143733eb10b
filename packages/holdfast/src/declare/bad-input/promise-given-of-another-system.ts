// expect: 12:3 | needs upstream "stripe", which system "shop" does not declare | comes from another system | declare it in this system
import { check, image, promise, system, team, upstream } from 'holdfast';

let stripe;
system('other', () => {
  stripe = upstream('stripe');
});

export default system('shop', env => {
  const crew = team('crew', { people: ['ada@shop.example'] });
  const files = check(image('web', { archive: './web.tar' }), it => it.file('/app').exists());
  promise('it is there', { by: crew, given: [stripe], checks: [files] });
});
