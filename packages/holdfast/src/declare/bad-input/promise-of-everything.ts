// expect: 7:3 | 100% over 30d", which can’t be kept | leaves no error budget | 99.9% over 30d
import { probe, promise, system, team } from 'holdfast';

export default system('shop', env => {
  const crew = team('crew', { people: ['ada@shop.example'] });
  const measured = probe.https('https://shop.example/').answers(200).within('800ms');
  promise('it answers', { by: crew, measured, objective: '100% over 30d' });
});
