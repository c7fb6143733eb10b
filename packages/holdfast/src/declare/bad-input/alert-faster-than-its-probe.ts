// expect: 8:3 | can never fire | takes two measurements | at least every 10s
import { probe, promise, system, team } from 'holdfast';

export default system('shop', env => {
  const crew = team('crew', { people: ['ada@shop.example'] });
  const measured = probe.https('https://shop.example/').answers(200).within('800ms');
  const alerts = [{ burn: '6', over: '5m', and: '20s', calls: 'page' }];
  promise('it answers', { by: crew, measured, objective: '99.5% over 30d', alerts });
});
