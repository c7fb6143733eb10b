// expect: 7:3 | objective is "99.5%", which is not an objective | the window that it holds for | '99.5% over 30d'
import { probe, promise, system, team } from 'holdfast';

export default system('shop', env => {
  const crew = team('crew', { people: ['ada@shop.example'] });
  const measured = probe.https('https://shop.example/').answers(200).within('800ms');
  promise('it answers', { by: crew, measured, objective: '99.5%' });
});
