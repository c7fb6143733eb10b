// expect: 5:29 | it.http → url is "shop.example", which is not a URL that begins with http | it must be | 'https://shop.example/'
import { check, outside, system } from 'holdfast';

export default system('shop', env => {
  check(outside, it => { it.http('shop.example').answers(200) });
});
