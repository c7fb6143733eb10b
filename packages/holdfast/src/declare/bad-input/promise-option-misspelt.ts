// expect: 6:3 | survive is not known here | silently without effect | did you mean `survives`
import { promise, system, team } from 'holdfast';

export default system('shop', env => {
  const crew = team('crew', { people: ['ada@shop.example'] });
  promise('it answers', { by: crew, survive: [], recovers: { within: '10m' } });
});
