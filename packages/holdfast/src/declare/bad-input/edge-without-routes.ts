// expect: 7:3 | routes "door" → routes is missing | must be an object | name: value
import { edge, image, network, system } from 'holdfast';

export default system('shop', env => {
  const lan = network('lan');
  const base = image('base', { archive: './base.tar' });
  edge('door', { image: base, network: lan });
});
