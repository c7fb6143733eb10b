// expect: 5:37 | process.exit() was called | not the file’s own | throw new Error
import { system } from 'holdfast';

export default system('shop', env => {
  if (env.name === 'local') process.exit(0);
});
