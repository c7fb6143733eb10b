// expect: 7:3 | 99.5% over 3mo", which can’t be kept | no unit of time | in days or hours
import { probe, promise, system, team } from 'holdfast';

export default system('shop', env => {
  const crew = team('crew', { people: ['ada@shop.example'] });
  const measured = probe.https('https://shop.example/').answers(200).within('800ms');
  promise('it answers', { by: crew, measured, objective: '99.5% over 3mo' });
});
