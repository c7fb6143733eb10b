// expect: 8:3 | alerts[0].burn is 6, which is not a decimal | never as a float | '14.4'
import { probe, promise, system, team } from 'holdfast';

export default system('shop', env => {
  const crew = team('crew', { people: ['ada@shop.example'] });
  const measured = probe.https('https://shop.example/').answers(200).within('800ms');
  const alerts = [{ burn: 6, over: '6h', and: '30m', calls: 'page' }];
  promise('it answers', { by: crew, measured, objective: '99.5% over 30d', alerts });
});
