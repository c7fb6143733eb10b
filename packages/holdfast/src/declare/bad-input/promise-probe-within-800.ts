// expect: 6:57 | time is 800, which is not a duration | unit open | 800ms
import { probe, promise, system, team } from 'holdfast';

export default system('shop', env => {
  const crew = team('crew', { people: ['ada@shop.example'] });
  const measured = probe.https('https://shop.example/').within(800);
  promise('it answers', { by: crew, measured, objective: '99.5% over 30d' });
});
