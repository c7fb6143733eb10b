// expect: 6:57 | status is an array, which is not an HTTP status | HTTP status | 200
import { probe, promise, system, team } from 'holdfast';

export default system('shop', env => {
  const crew = team('crew', { people: ['ada@shop.example'] });
  const measured = probe.https('https://shop.example/').answers('well');
  promise('it answers', { by: crew, measured, objective: '99.5% over 30d' });
});
