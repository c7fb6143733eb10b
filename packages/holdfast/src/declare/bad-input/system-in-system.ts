// expect: 5:3 | system "billing" is declared inside system "shop" | rolled back as one | plain function
import { system } from 'holdfast';

export default system('shop', () => {
  system('billing', () => {});
});
