// expect: 9:48 | of is service "web", which is not a handle of kind upstream | references are handles | upstream(
import { image, network, outage, promise, service, system, team } from 'holdfast';

export default system('shop', env => {
  const crew = team('crew', { people: ['ada@shop.example'] });
  const lan = network('lan');
  const base = image('base', { archive: './base.tar' });
  const web = service('web', { image: base, network: lan, replicas: 2 });
  promise('it answers', { by: crew, survives: [outage(web)] });
});
