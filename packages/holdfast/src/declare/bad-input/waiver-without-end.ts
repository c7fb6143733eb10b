// expect: 7:3 | waive → because is "later", which is not a reason in words | beside the promise | 'uploads move
// expect: 7:3 | waive → until is "2026-02-30", which is not a day of the calendar | ends by itself | '2026-12-31'
import { check, image, system, team, waive } from 'holdfast';

export default system('shop', env => {
  const crew = team('crew', { people: ['ada@shop.example'] });
  waive(check(image('base', { archive: './base.tar' }), it => it.user('app').exists()), { owner: crew, because: 'later', until: '2026-02-30' });
});
