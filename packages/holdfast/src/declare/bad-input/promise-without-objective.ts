// expect: 6:3 | is measured and has no objective | nobody said how many | 99.5% over 30d
import { probe, promise, system, team } from 'holdfast';

export default system('shop', env => {
  const crew = team('crew', { people: ['ada@shop.example'] });
  promise('it answers', { by: crew, measured: probe.https('https://shop.example/').answers(200).within('800ms') });
});
