// expect: 9:3 | given[0] is service "web", which is not an upstream or a promise | somebody else promises | upstream(
import { image, network, promise, service, system, team } from 'holdfast';

export default system('shop', env => {
  const crew = team('crew', { people: ['ada@shop.example'] });
  const lan = network('lan');
  const base = image('base', { archive: './base.tar' });
  const web = service('web', { image: base, network: lan });
  promise('it answers', { by: crew, given: [web], recovers: { within: '10m' } });
});
