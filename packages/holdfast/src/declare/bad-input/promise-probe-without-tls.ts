// expect: 6:26 | url is "http://shop.example/", which is not an https URL | asked from outside | https://shop.example
import { probe, promise, system, team } from 'holdfast';

export default system('shop', env => {
  const crew = team('crew', { people: ['ada@shop.example'] });
  const measured = probe.https('http://shop.example/').answers(200);
  promise('it answers', { by: crew, measured, objective: '99.5% over 30d' });
});
