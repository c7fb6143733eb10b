// expect: 8:3 | no check says "user app exist" | would go unnoticed | did you mean 'user app exists'
import { check, image, system, team, waive } from 'holdfast';

export default system('shop', env => {
  const crew = team('crew', { people: ['ada@shop.example'] });
  const base = image('base', { archive: './base.tar' });
  check(base, it => it.user('app').exists());
  waive('user app exist', { owner: crew, because: 'it is made later', until: '2026-12-31' });
});
