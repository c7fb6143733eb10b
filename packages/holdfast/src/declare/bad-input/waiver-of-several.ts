// expect: 9:3 | "user app exists" is said by 2 checks: base, web | one of them | waive(base, { only:
import { check, image, system, team, waive } from 'holdfast';

export default system('shop', env => {
  const crew = team('crew', { people: ['ada@shop.example'] });
  const [base, web] = ['base', 'web'].map(name => image(name, { archive: './base.tar' }));
  check(base, it => it.user('app').exists());
  check(web, it => it.user('app').exists());
  waive('user app exists', { owner: crew, because: 'it is made later', until: '2026-12-31' });
});
