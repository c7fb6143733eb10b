// expect: 7:3 | 100.5% over 30d", which can’t be kept | more than all there is | what you can keep
import { probe, promise, system, team } from 'holdfast';

export default system('shop', env => {
  const crew = team('crew', { people: ['ada@shop.example'] });
  const measured = probe.https('https://shop.example/').answers(200).within('800ms');
  promise('it answers', { by: crew, measured, objective: '100.5% over 30d' });
});
