// expect: 6:3 | http.get() was called | what the network answers | beforehand
import { system } from 'holdfast';
import { get } from 'node:http';

export default system('shop', env => {
  get('http://127.0.0.1:9/', () => {});
});
