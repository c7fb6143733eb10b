// expect: 6:3 | net.connect() was called | what the network answers | beforehand
import { system } from 'holdfast';
import { connect } from 'node:net';

export default system('shop', env => {
  connect(9, '127.0.0.1');
});
