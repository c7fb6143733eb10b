// expect: 5:27 | dns.lookup() was called | what the network answers | beforehand
import { system, upstream } from 'holdfast';
import { lookup } from 'node:dns/promises';

const { address } = await lookup('shop.example');

export default system('shop', () => {
  upstream('peer', { endpoint: `http://${address}/` });
});
