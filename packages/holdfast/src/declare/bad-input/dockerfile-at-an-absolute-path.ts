// expect: 5:3 | dockerfile is "/home/ada/shop/Dockerfile" | another one on the next machine | './app/Dockerfile'
import { image, system } from 'holdfast';

export default system('shop', env => {
  image('web', { dockerfile: '/home/ada/shop/Dockerfile' });
});
