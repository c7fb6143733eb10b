// expect: 8:3 | can never fire: burn 14.4 over 1h and 5m | an error rate of 1.44 | a burn below 10
import { probe, promise, system, team } from 'holdfast';

export default system('shop', env => {
  const crew = team('crew', { people: ['ada@shop.example'] });
  const measured = probe.https('https://shop.example/').answers(200).within('800ms');
  const alerts = [{ burn: '14.4', over: '1h', and: '5m', calls: 'page' }];
  promise('it answers', { by: crew, measured, objective: '90% over 30d', alerts });
});
