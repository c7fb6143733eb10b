// expect: 7:3 | promise "it-answers" is declared twice | the name is taken | another name
import { promise, system, team } from 'holdfast';

export default system('shop', env => {
  const crew = team('crew', { people: ['ada@shop.example'] });
  promise('it answers', { by: crew, recovers: { within: '10m' } });
  promise('It answers!', { by: crew, recovers: { within: '5m' } });
});
