// expect: 5:20 | calls itself without end | make a cycle | break it at one place
import { resource, system } from 'holdfast';

const site = (name: string, peer: string): unknown =>
  resource('site', name, {}, { needs: [site(peer, name) as never] });

export default system('shop', () => {
  site('web', 'api');
});
