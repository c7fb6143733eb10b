// expect: 7:3 | measured is an object, which is not a probe from outside | says little of that | probe.https(
import { probe, promise, system, team } from 'holdfast';

export default system('shop', env => {
  const crew = team('crew', { people: ['ada@shop.example'] });
  const measured = probe.http('http', '/healthz');
  promise('it answers', { by: crew, measured, objective: '99.5% over 30d' });
});
