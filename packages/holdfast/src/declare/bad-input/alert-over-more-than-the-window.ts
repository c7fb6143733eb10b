// expect: 8:3 | can never fire: burn 1 over 14d and 1d | longer than the 7d | within 7d
import { probe, promise, system, team } from 'holdfast';

export default system('shop', env => {
  const crew = team('crew', { people: ['ada@shop.example'] });
  const measured = probe.https('https://shop.example/').answers(200).within('800ms');
  const alerts = [{ burn: '1', over: '14d', and: '1d', calls: 'ticket' }];
  promise('it answers', { by: crew, measured, objective: '99.5% over 7d', alerts });
});
