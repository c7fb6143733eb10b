// expect: 9:3 | check "base" is waived twice: the whole of it | until 2026-12-31 already | keep one
import { check, image, system, team, waive } from 'holdfast';

export default system('shop', env => {
  const crew = team('crew', { people: ['ada@shop.example'] });
  const base = image('base', { archive: './base.tar' });
  const only = check(base, it => it.user('app').exists());
  waive(only, { owner: crew, because: 'it is made later', until: '2026-12-31' });
  waive('user app exists', { owner: crew, because: 'it is made later', until: '2027-12-31' });
});
