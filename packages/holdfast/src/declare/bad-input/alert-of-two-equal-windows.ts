// expect: 8:3 | can never fire | is not shorter | and: '30m'
import { probe, promise, system, team } from 'holdfast';

export default system('shop', env => {
  const crew = team('crew', { people: ['ada@shop.example'] });
  const measured = probe.https('https://shop.example/').answers(200).within('800ms');
  const alerts = [{ burn: '6', over: '6h', and: '6h', calls: 'page' }];
  promise('it answers', { by: crew, measured, objective: '99.5% over 30d', alerts });
});
